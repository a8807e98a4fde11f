from threading import Barrier, Event, Thread

import pytest

from pages._shared import turns


def test_no_more_than_a_few_at_once_and_everybody_in_the_end(monkeypatch):
    inside, most, done, everyone_in = [], [], [], Barrier(turns.AT_ONCE)

    def visit() -> None:
        with turns.in_turn():
            inside.append(1)
            most.append(len(inside))
            if len(most) <= turns.AT_ONCE:
                everyone_in.wait(30)  # as many as may, and they all wait for each other: nobody else gets in
            inside.pop()
        done.append(1)

    monkeypatch.setattr(turns, "PATIENCE", 60.0)
    visitors = [Thread(target=visit) for _ in range(3 * turns.AT_ONCE)]
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join(60)
    assert max(most) == turns.AT_ONCE
    assert len(done) == len(visitors)


def test_a_page_that_fails_leaves_its_place():
    for _ in range(2 * turns.AT_ONCE):
        with pytest.raises(ValueError, match="broken"), turns.in_turn():
            raise ValueError("broken")
    with turns.in_turn():
        pass


def test_slow_pages_hold_nobody_up_for_good(monkeypatch):
    monkeypatch.setattr(turns, "PATIENCE", 0.01)
    end = Event()

    def slow() -> None:
        with turns.in_turn():
            end.wait(30)

    holders = [Thread(target=slow) for _ in range(turns.AT_ONCE)]
    for holder in holders:
        holder.start()
    with turns.in_turn():  # all places are taken, and it is made nevertheless
        end.set()
    for holder in holders:
        holder.join(30)
    assert not any(holder.is_alive() for holder in holders)
    assert turns._slots._value == turns.AT_ONCE  # every place is free again
