from tests.export.conftest import demo

__all__ = ["demo"]
