"""A year that three spaces filed for, and what is done to it."""

from datetime import date

from sqlalchemy import Engine

from tracking.filing import loading, register

EDITION, YEAR = "shanghai-sanhua", 2022
DAY = date(2023, 5, 1)
ENROLLED = b"""space_id,space_name,district,track,start_year,end_year
S1,A,X,specialization,2022,2024
S2,B,X,specialization,2022,2024
S3,C,Y,specialization,2022,2024
"""
FILED = b"""space_id,year,mentors,funded_firms,representative_cases
S1,2022,20,5,3
S2,2022,25,5,2
S3,2022,25,4,4
"""
MENTORS, FUNDED = "specialization.target.2.mentors", "specialization.target.5.funded_firms"


def filled(engine: Engine) -> None:
    """Enrol three spaces and file for them."""
    assert register.load(engine, ENROLLED, "register.csv", by="tests").loaded
    file(engine, FILED)


def file(engine: Engine, content: bytes) -> None:
    """Store what is filed."""
    assert loading.load(engine, content, "filed.csv", by="tests").loaded
