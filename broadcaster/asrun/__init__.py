"""⑥ What was really broadcast, and what operators asked for: files say what should happen,
the database says what did."""

from broadcaster.asrun.backup import back_up, backups, daily_backup, restore, verify_backup
from broadcaster.asrun.commands import Command, CommandKind, CommandQueue, CommandState
from broadcaster.asrun.log import AsRunLog
from broadcaster.asrun.register import Register
from broadcaster.asrun.store import RefusedError, Store, StoreError

__all__ = [
    "AsRunLog",
    "Command",
    "CommandKind",
    "CommandQueue",
    "CommandState",
    "RefusedError",
    "Register",
    "Store",
    "StoreError",
    "back_up",
    "backups",
    "daily_backup",
    "restore",
    "verify_backup",
]
