"""Whole tables for those who compute, mirror or archive: everything that stands in the store, row by row."""

from tradewatch.export.tables import TABLES, ExportTable

__all__ = ["TABLES", "ExportTable"]
