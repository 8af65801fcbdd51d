"""Rows of plain values as files: CSV, CSV for spreadsheets, XLSX, JSON lines, Parquet. Knows nothing of what the rows mean."""

from tradewatch.tables.columns import Column, Kind, Row, Value
from tradewatch.tables.formats import FORMATS, Format
from tradewatch.tables.whole import Manifest, manifest_path, whole_file, write_table

__all__ = ["FORMATS", "Column", "Format", "Kind", "Manifest", "Row", "Value", "manifest_path", "whole_file", "write_table"]
