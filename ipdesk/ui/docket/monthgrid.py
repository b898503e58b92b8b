"""A month as a grid of days, each with how much stands on it; drawn, walked through by keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ipdesk.base.dates import add_months
from ipdesk.base.i18n import ntr, tr
from ipdesk.charts.palette import SIGNS, Tone
from ipdesk.core.docket.agenda import DayLoad
from ipdesk.ui import theme

_WEEKS = 6
_NOTHING = DayLoad(0, 0, 0)
_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -7,
    Qt.Key.Key_Down: 7,
}


class MonthGrid(QWidget):
    """Monday first. The darker a day, the more stands on it; overdue days have their sign."""

    picked = Signal(object)  # date
    turned = Signal(object)  # the first of another month

    def __init__(self, day: date, today: date) -> None:
        super().__init__()
        self._day, self._today = day, today
        self._load: Mapping[date, DayLoad] = {}
        self._names: Mapping[date, Sequence[str]] = {}
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(tr("Month"))
        self._say()

    @property
    def day(self) -> date:
        """The day in focus."""
        return self._day

    @property
    def first(self) -> date:
        """The Monday at the top left."""
        start = self._day.replace(day=1)
        return start - timedelta(days=start.weekday())

    @property
    def last(self) -> date:
        """The Sunday at the bottom right."""
        return self.first + timedelta(days=7 * _WEEKS - 1)

    def put(
        self, load: Mapping[date, DayLoad], names: Mapping[date, Sequence[str]] | None = None
    ) -> None:
        """Show how much stands on each day, and the first matters by name where there is room."""
        self._load, self._names = load, names or {}
        self._say()
        self.update()

    def go(self, day: date) -> None:
        """Another day, perhaps of another month."""
        moved = (day.year, day.month) != (self._day.year, self._day.month)
        self._day = day
        self._say()
        self.update()
        if moved:
            self.turned.emit(day.replace(day=1))
        self.picked.emit(day)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(560), theme.px(420))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(320), theme.px(260))

    def _say(self) -> None:
        self.setAccessibleDescription(self.words(self._day))

    def words(self, day: date) -> str:
        """What stands on a day, in words."""
        found = self._load.get(day, _NOTHING)
        parts = [day.isoformat(), ntr("{n} deadline.", "{n} deadlines.", found.waiting)]
        if found.overdue:
            parts.append(ntr("{n} overdue.", "{n} overdue.", found.overdue))
        if found.unverified:
            parts.append(ntr("{n} unverified.", "{n} unverified.", found.unverified))
        parts += [", ".join(self._names[day])] if self._names.get(day) else []
        return " ".join(parts)

    # ------------------------------------------------------------------ drawing

    def _box(self, day: date) -> QRect:
        place = (day - self.first).days
        head = theme.px(24)
        wide, high = self.width() / 7, (self.height() - head) / _WEEKS
        left, top = place % 7 * wide, head + place // 7 * high
        return QRect(round(left) + 1, round(top) + 1, round(wide) - 2, round(high) - 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(theme.figures(12))
        painter.setPen(QColor(theme.colour("muted")))
        names = (tr("Mon"), tr("Tue"), tr("Wed"), tr("Thu"), tr("Fri"), tr("Sat"), tr("Sun"))
        for place, name in enumerate(names):
            box = self._box(self.first + timedelta(days=place))
            box.moveTop(0)
            box.setHeight(theme.px(22))
            painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), name)
        most = max((load.waiting for load in self._load.values()), default=0)
        for place in range(7 * _WEEKS):
            self._paint_day(painter, self.first + timedelta(days=place), most)
        painter.end()

    def _paint_day(self, painter: QPainter, day: date, most: int) -> None:
        box, found = self._box(day), self._load.get(day, _NOTHING)
        here = day.month == self._day.month
        ground = QColor(theme.colour("surface" if here else "window"))
        painter.fillRect(box, ground)
        if found.waiting:
            dense = QColor(theme.ground(Tone.OVERDUE) if found.overdue else theme.colour("accent"))
            dense.setAlpha(255 if found.overdue else 30 + round(90 * found.waiting / max(most, 1)))
            painter.fillRect(box, dense)
        chosen = day == self._day
        painter.setPen(QColor(theme.colour("accent" if chosen else "line")))
        for inset in range(2 if chosen else 1):
            painter.drawRect(box.adjusted(inset, inset, -inset - 1, -inset - 1))
        inner = box.adjusted(theme.px(6), theme.px(4), -theme.px(6), -theme.px(4))
        painter.setFont(theme.figures(12, bold=day == self._today))
        ink = "accent" if day == self._today else "text" if here else "muted"
        painter.setPen(QColor(theme.colour(ink)))
        above = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
        painter.drawText(inner, int(above), str(day.day))
        if found.waiting:
            tone = Tone.OVERDUE if found.overdue else Tone.PLAIN
            painter.setPen(theme.ink(tone) if found.overdue else QColor(theme.colour("text")))
            painter.setFont(theme.figures(14, bold=True))
            below = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom
            painter.drawText(inner, int(below), f"{SIGNS[tone]} {found.waiting:,}".strip())
            self._paint_names(painter, inner, self._names.get(day, ()))

    def _paint_names(self, painter: QPainter, inner: QRect, names: Sequence[str]) -> None:
        """Between the day above and the count below."""
        painter.setFont(theme.figures(11))
        painter.setPen(QColor(theme.colour("text")))
        metrics = painter.fontMetrics()
        high = metrics.height()
        top, floor = inner.top() + theme.px(18), inner.bottom() - theme.px(20)
        for place, name in enumerate(names):
            if top + (place + 1) * high > floor:
                break
            short = metrics.elidedText(name, Qt.TextElideMode.ElideLeft, inner.width())
            line = QRect(inner.left(), top + place * high, inner.width(), high)
            painter.drawText(line, int(Qt.AlignmentFlag.AlignLeft), short)

    # ------------------------------------------------------------------ mouse and keys

    def _at(self, where: QPoint) -> date | None:
        for place in range(7 * _WEEKS):
            day = self.first + timedelta(days=place)
            if self._box(day).contains(where):
                return day
        return None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        day = self._at(event.position().toPoint())
        if day is not None:
            self.go(day)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _STEPS:
            self.go(self._day + timedelta(days=_STEPS[key]))
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.go(add_months(self._day, -1 if key == Qt.Key.Key_PageUp else 1))
        elif key == Qt.Key.Key_Home:
            self.go(self._today)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            day = self._at(event.pos())
            QToolTip.showText(event.globalPos(), self.words(day) if day else "", self)
            return True
        return super().event(event)
