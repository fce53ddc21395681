from commissioning.requirements.rules import Part, still_to_write


def test_what_is_still_to_write():
    assert still_to_write(lots=0, has_reason_for_one_lot=True) == [Part.LOTS]
    assert still_to_write(lots=1, has_reason_for_one_lot=False) == [Part.OPENNESS]
    assert still_to_write(lots=1, has_reason_for_one_lot=True) == []
    assert still_to_write(lots=2, has_reason_for_one_lot=False) == []
