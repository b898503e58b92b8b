"""Where views hear that data changed; the Worker alone speaks here, after a commit."""

from PySide6.QtCore import QObject, Signal


class Bus(QObject):
    """One for the whole window: ``changed`` carries a Change."""

    changed = Signal(object)
