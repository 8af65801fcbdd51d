"""Known titles: their normal forms, the matcher, and the readers of other people's catalogs."""

from tradewatch.titles.catalog import Catalog, Known, Way
from tradewatch.titles.match import TitleQuery, match, work_of

__all__ = ["Catalog", "Known", "TitleQuery", "Way", "match", "work_of"]
