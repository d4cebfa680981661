"""What becomes of an order of the web shop: paid, changed, sent, given back, cancelled, thrown away."""

from __future__ import annotations

from sandbox.business.money import share
from sandbox.business.webshop.events import (
    Emptied,
    Noted,
    Ordered,
    PartBack,
    Rearranged,
    Restored,
    ShopEvent,
    Trashed,
)
from sandbox.business.webshop.story import DAY, HOUR, MINUTE, ShopStory

REASONS = ("", "Beschädigt angekommen", "Falsche Größe", 'Kunde sagt: "zu blau"', "Kulanz")


class ShopLifetime(ShopStory):
    """The whole life of an order, from the cart to oblivion."""

    def tell(self) -> tuple[ShopEvent, ...]:
        """Draw the whole life."""
        if self.order.status == "checkout-draft":
            self.now = self.ordered.at
            self.wait(DAY, 12 * DAY)
            self.events.append(Emptied(self.now))
            return tuple(self.events)
        if self._pay():
            self._be_served()
        if self.chance(0.03):
            self.wait(2 * DAY, 120 * DAY)
            self.happen(Noted(self.now, meta=(("_followed_up", True),)))
        if self.chance(0.035):
            self._be_thrown_away()
        return tuple(self.events)

    def _pay(self) -> bool:
        """Whether the money came."""
        method, draw = self.order.payment_method, self.rng.random()
        if not self.order.total:
            self.become("processing", paid=True)
            return True
        if method == "bacs":
            return self._wait_for_transfer(draw)
        if draw < 0.03:
            self._maybe_rearrange(0.3)
            self.wait(HOUR, 2 * HOUR)
            if draw < 0.02:
                self.become("cancelled")
            return False
        self.wait(15, 90)
        if draw < 0.07:
            self.become("failed")
            if draw < 0.055:
                return False
            self.wait(3 * MINUTE, 2 * DAY)
        elif draw < 0.10 and self.order.created_via == "admin":
            self._maybe_rearrange(0.8)
            self.wait(HOUR, 2 * DAY)
        self.become("processing", paid=method != "cod")
        return True

    def _wait_for_transfer(self, draw: float) -> bool:
        self.wait(2, 20)
        self.become("on-hold")
        self._maybe_rearrange(0.12)
        if draw < 0.06:
            return False
        self.wait(4 * HOUR, 6 * DAY)
        if draw < 0.18:
            self.become("cancelled")
            return False
        self.become("processing", paid=True)
        return True

    def _maybe_rearrange(self, likelihood: float) -> None:
        if self.chance(likelihood):
            self.wait(10 * MINUTE, 20 * HOUR)
            self.cart = self.arrange(self.cart, self.rng)
            self.happen(Rearranged(self.now, self.cart))

    def _be_served(self) -> None:
        self.settle()
        draw = self.rng.random()
        if draw < 0.02:
            self._be_cancelled()
            return
        self.wait(8 * HOUR, 4 * DAY)
        if self.chance(0.35):
            self.become("shipped")
            if self.chance(0.06):
                return
            self.wait(DAY, 5 * DAY)
        if self.chance(0.96):
            self.become("completed", paid=self.order.paid_at is None)
        self._care()

    def _be_cancelled(self) -> None:
        """Cancelled although it was paid; the money goes back, or somebody forgets."""
        self.wait(HOUR, 2 * DAY)
        self.become("cancelled")
        if self.chance(0.6):
            self.wait(HOUR, 3 * DAY)
            self.give_back(amount=self.remaining, reason="Storniert")

    def _care(self) -> None:
        """One of the ways in which money goes back, or, mostly, none."""
        draw = self.rng.random()
        for likelihood, chapter in (
            (0.055, self._some_lines),
            (0.015, self._money_off_a_line),
            (0.015, self._the_delivery),
            (0.02, self._an_amount),
            (0.015, self._out_of_goodwill),
            (0.02, self._all_at_once),
            (0.015, self._by_status),
            (0.02, self._a_part_and_the_rest),
        ):
            if draw < likelihood:
                self.wait(2 * DAY, 30 * DAY)
                chapter()
                return
            draw -= likelihood

    def _some_lines(self) -> None:
        chosen: list[PartBack] = []
        for slot, line in self.lines.items():
            if line.quantity and (not chosen or self.chance(0.4)):
                units = line.quantity if self.chance(0.5) else 1
                chosen.append(line.take(slot, units))
        freight = []
        if self.chance(0.25):
            freight = [one.take(slot, 1) for slot, one in self.deliveries.items() if one.net]
        self.give_back(lines=chosen, deliveries=freight, reason=self.rng.choice(REASONS))
        if self.chance(0.1):
            self.wait(DAY, 20 * DAY)
            self._some_lines()

    def _money_off_a_line(self) -> None:
        slot, line = next(iter(self.lines.items()))
        self.give_back(lines=[line.take_money(slot, 20)], reason="Kratzer")

    def _the_delivery(self) -> None:
        freight = [one.take(slot, 1) for slot, one in self.deliveries.items() if one.net]
        self.give_back(deliveries=freight, reason="Zu spät")

    def _an_amount(self) -> None:
        self.give_back(amount=share(self.remaining, self.rng.randrange(5, 60), 100), reason="Kulanz")

    def _out_of_goodwill(self) -> None:
        """More than what came back is worth, from the money paid for the rest."""
        slot, line = next(iter(self.lines.items()))
        self.give_back(lines=[line.take(slot, 1)], extra=500, reason="Kulanz")

    def _all_at_once(self) -> None:
        lines, freight, fees = self.everything()
        self.give_back(
            lines=lines, deliveries=freight, surcharges=fees, amount=self.remaining, reason="Rücksendung"
        )

    def _by_status(self) -> None:
        """Somebody sets the status, and the shop books the whole amount without any line."""
        self.give_back(amount=self.remaining, reason="Bestellung vollständig erstattet.")

    def _a_part_and_the_rest(self) -> None:
        if self.chance(0.5):
            self._some_lines()
        else:
            self._an_amount()
        if self.remaining <= 0:
            return
        self.wait(HOUR, 12 * DAY)
        if self.chance(0.5):
            self._by_status()
        else:
            self._all_at_once()

    def _be_thrown_away(self) -> None:
        """Into the trash; some come back, most are gone after thirty days."""
        self.wait(HOUR, 40 * DAY)
        self.happen(Trashed(self.now))
        draw = self.rng.random()
        if draw < 0.35:
            self.wait(HOUR, 12 * DAY)
            self.happen(Restored(self.now))
        elif draw < 0.8:
            self.wait(30 * DAY, 31 * DAY)
            self.events.append(Emptied(self.now))


def as_draft(ordered: Ordered) -> Ordered:
    """The same order, left behind before it was sent."""
    return Ordered(ordered.at, ordered.header, ordered.cart, "checkout-draft")
