"""Conditions: tolls, parcels and thermostats."""

from icontract import ensure, require


@require(lambda kilograms: kilograms >= 0)
def toll_is_due(kilograms: int, is_resident: bool) -> bool:
    """Decide whether a vehicle pays at the bridge: if it weighs more than 1200 kilograms and is not a resident's.

    >>> toll_is_due(1500, False)
    True
    >>> toll_is_due(1500, True)
    False
    >>> toll_is_due(1200, False)
    False
    >>> toll_is_due(1201, False)
    True
    >>> toll_is_due(900, True)
    False
    >>> toll_is_due(0, False)
    False
    """
    ...


@require(lambda grams: grams >= 1)
@ensure(lambda result: result >= 3)
def parcel_price(grams: int) -> int:
    """Find the price of a parcel in coins.

    Up to 500 grams it is 3 coins. A heavier one costs 1 coin more for each full 100 grams above 500.

    >>> parcel_price(200)
    3
    >>> parcel_price(500)
    3
    >>> parcel_price(599)
    3
    >>> parcel_price(600)
    4
    >>> parcel_price(1000)
    8
    >>> parcel_price(1350)
    11
    >>> parcel_price(1)
    3
    """
    ...


@ensure(lambda result: result in ("heat", "cool", "off"))
def thermostat_mode(degrees: int, wanted: int, is_away: bool) -> str:
    """Choose what the heating of a room does.

    While people are away it is "off". Else it is "heat" if the room is more than 1 degree colder than wanted, "cool"
    if the room is more than 3 degrees warmer than wanted, and "off" otherwise.

    >>> thermostat_mode(18, 20, False)
    'heat'
    >>> thermostat_mode(19, 20, False)
    'off'
    >>> thermostat_mode(23, 20, False)
    'off'
    >>> thermostat_mode(24, 20, False)
    'cool'
    >>> thermostat_mode(10, 20, True)
    'off'
    >>> thermostat_mode(30, 20, True)
    'off'
    >>> thermostat_mode(-5, 15, False)
    'heat'
    >>> thermostat_mode(31, 24, False)
    'cool'
    >>> thermostat_mode(22, 22, False)
    'off'
    """
    ...
