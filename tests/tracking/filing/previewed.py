"""A space that filed once, and a better filing of the same year."""

from datetime import date

from sqlalchemy import Engine

from tracking.filing import loading, register

AS_OF = date(2024, 6, 1)
SPACE = "space_id,space_name,track,start_year,end_year\nS1,示例,internationalization,2022,2024\n"
FIRST = "space_id,year,international_events,projects\nS1,2022,9,10\n"
BETTER = "space_id,year,international_events,international_projects,projects\nS1,2022,12,3,10\n"


def file(engine: Engine) -> None:
    """Register the space, and file for it."""
    assert register.load(engine, SPACE.encode(), "register.csv", by="tests").loaded
    assert loading.load(engine, FIRST.encode(), "2022.csv", by="tests").loaded
