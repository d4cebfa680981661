"""What may follow once an order was sent: returns, exchanges, refunds, kind gestures."""

from __future__ import annotations

from collections.abc import Callable

from sandbox.business.events import Fulfilled, LineSpec, Returned, Reversal
from sandbox.business.money import minor, share
from sandbox.business.story import DAY, HOUR, Story
from sandbox.business.totals import totals


def care(story: Story) -> None:
    """One of the chapters, or, mostly, none."""
    draw = story.rng.random()
    for likelihood, chapter in CHAPTERS:
        if draw < likelihood:
            chapter(story)
            break
        draw -= likelihood


def return_goods(story: Story) -> None:
    """Goods come back, perhaps for others; the money follows days later."""
    story.wait(3 * DAY, 20 * DAY)
    lines = story.some_units(0.5)
    if not lines:
        return
    exchange: tuple[LineSpec, ...] = ()
    if story.chance(0.2):
        exchange = (LineSpec(story.till.basket(story.rng)[0].item, lines[0].quantity),)
    fee = 350 if not exchange and story.chance(0.07) else 0
    worth = sum(story.worth(reversal) for reversal in lines)
    story.happen(Returned(story.now, lines, exchange, fee if worth > 2 * fee else 0))
    position = len(story.order.returns) - 1
    if story.chance(0.04):
        return
    story.wait(DAY, 9 * DAY)
    kept = share(worth, 10, 100) if not exchange and story.chance(0.08) else 0
    shipping = story.shipping_left() if story.chance(0.15) else 0
    adjustments = (("restock", kept),) if kept else ()
    story.refund(settles=position, shipping=shipping, adjustments=adjustments)
    if story.due() > 0:
        story.pay_all(story.gateways[1])
    if exchange:
        story.happen(Fulfilled(story.now, ((len(story.order.lines) - 1, exchange[0].quantity),)))
    if story.chance(0.06):
        return_goods(story)


def refund_lines(story: Story) -> None:
    """Goods are paid back without a return."""
    story.wait(DAY, 25 * DAY)
    lines = story.some_units(0.6)
    if lines:
        shipping = story.shipping_left() if story.chance(0.3) else 0
        damaged = story.chance(0.4)
        story.refund(lines, shipping=shipping, restock="no_restock" if damaged else "return")


def refund_shipping(story: Story) -> None:
    """The shipping charge, or half of it, is paid back."""
    story.wait(DAY, 12 * DAY)
    left = story.shipping_left()
    if left:
        story.refund(shipping=left if story.chance(0.6) else max(1, left // 2))


def goodwill(story: Story) -> None:
    """A few coins for a complaint; the goods stay sold."""
    story.wait(2 * DAY, 40 * DAY)
    paid = minor(totals(story.order).net_payment)
    if paid > 200:
        amount = min(paid, story.rng.choice((200, 300, 500, 750)))
        reason = story.rng.choice(("damage", "customer", "refund_discrepancy"))
        story.refund(adjustments=((reason, -amount),), note="goodwill")


def goodwill_then_rest(story: Story) -> None:
    """A little first, and in the end everything."""
    goodwill(story)
    story.wait(2 * DAY, 20 * DAY)
    lines = tuple(Reversal(position, line.current_quantity) for position, line in story.open_lines())
    if lines:
        story.refund(lines, shipping=story.shipping_left())


def refund_bit_by_bit(story: Story) -> None:
    """A long complaint: many small refunds, more than one page of anything holds."""
    for _ in range(story.rng.randrange(8, 26)):
        story.wait(HOUR, 2 * DAY)
        if totals(story.order).net_payment > 1:
            story.refund(adjustments=(("customer", -story.rng.randrange(5, 60)),))


CHAPTERS: tuple[tuple[float, Callable[[Story], None]], ...] = (
    (0.070, return_goods),
    (0.022, refund_lines),
    (0.006, refund_shipping),
    (0.010, goodwill),
    (0.005, goodwill_then_rest),
    (0.001, refund_bit_by_bit),
)
