"""Known titles: their normal forms, the matcher, and the readers of other people's catalogs."""

from tradewatch.titles.catalog import Catalog, Known, Way
from tradewatch.titles.match import TitleQuery, match, work_of
from tradewatch.titles.newcomer import newcomer

__all__ = ["Catalog", "Known", "TitleQuery", "Way", "match", "newcomer", "work_of"]
