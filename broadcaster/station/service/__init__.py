"""The station as a service of the system: its units, and what systemd knows of it.

It stands apart because it is the only part that writes outside the station folder, and the only
one that ever asks for root.
"""

from broadcaster.station.service.inspect import ServiceState, inspect_service
from broadcaster.station.service.install import ServiceError, install, uninstall
from broadcaster.station.service.unit import (
    PAGE_UNIT_NAME,
    UNIT_NAME,
    UnitSettings,
    page_unit_text,
    unit_settings,
    unit_text,
)

__all__ = [
    "PAGE_UNIT_NAME",
    "UNIT_NAME",
    "ServiceError",
    "ServiceState",
    "UnitSettings",
    "inspect_service",
    "install",
    "page_unit_text",
    "uninstall",
    "unit_settings",
    "unit_text",
]
