"""What editors look at next, when a decided announcement comes back to them, and what they may correct. All pure."""

from tradewatch.triage.corrections import SLOTS, SlotError, corrected, corrections, shown
from tradewatch.triage.order import Band, band_of, place_of
from tradewatch.triage.reopen import Reopening, reopening
from tradewatch.triage.state import REASONS, State, TitleState, state_of, title_state

__all__ = [
    "REASONS",
    "SLOTS",
    "Band",
    "Reopening",
    "SlotError",
    "State",
    "TitleState",
    "band_of",
    "corrected",
    "corrections",
    "place_of",
    "reopening",
    "shown",
    "state_of",
    "title_state",
]
