"""What the articles under tests/files/scenarios say: questions, and the words that answer them."""

from __future__ import annotations

HONEY = "Honey festival draws beekeepers from three countries"
MILL = "The town library moves into the old mill"
PLANS = "Osterwick plans a footbridge over the Linne"
DELAYED = "Footbridge opens a year later than planned"
OPENED = "Thousands cross the new bridge on its first day"

OF_HONEY = f"— {HONEY}, Linne Valley News, 25 August 2025"
OF_MILL = f"— {MILL}, Linne Valley News, 10 November 2025"
OF_PLANS = f"— {PLANS}, The Osterwick Courier, 4 March 2024"
OF_DELAYED = f"— {DELAYED}, Linne Valley News, 16 September 2024"
OF_OPENED = f"— {OPENED}, The Osterwick Courier, 15 June 2026"

WHO_WON = "Who won the prize for the best honey?"
ODA_LIND = (
    "The prize for the best honey went to Oda Lind, who keeps her bees on the roof of the hospital.\n"
    f"{OF_HONEY} · ¶ 2"
)

WHEN_FOUNDED = "When was the honey festival founded?"
IN_1987 = (
    f"The festival was founded in 1987 by a baker, who wanted to sell more gingerbread.\n{OF_HONEY} · ¶ 3"
)

HOW_MANY_BOOKS = "How many books will the library have room for?"
BOOKS = f"The library will have room for 60,000 books, twice as many as today.\n{OF_MILL} · ¶ 2"

WHERE_TO = "Where does the library move?"
OLD_MILL = (
    "The town library of Osterwick moves into the old mill in January. "
    "The mill has stood empty since the last miller retired in 2011.\n"
    f"{OF_MILL} · ¶ 1"
)

WHAT_COST = "How much did the footbridge cost in the end?"
COST = (
    "In the end the footbridge cost 3.3 million crowns, as the treasurer told the council last week.\n"
    f"{OF_OPENED} · ¶ 2"
)

WHAT_TICKET = "How much is a ticket to the honey festival?"
"""Asked of an article that is about the festival and says nothing of tickets."""

WHO_WORLD_CUP = "Who won the 2018 World Cup?"
"""Far from everything in the articles."""
