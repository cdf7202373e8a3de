"""The commands, by family; `python -m tracking` is the group of them all.

settings    where the data are, and the language
output      what a command prints, and a file that it puts in its place
delivered   what it makes as a file or prints as one, a table with what it rests on
group       the group of them, which imports a command when it is called
command     what every command has: options, and a sentence for what goes wrong
programme   the database and its policy, the dashboard, the made-up programme
filing      a register and filings, from files
template    the empty form to fill in
tables      the tables that go out
briefing    the programme's briefing, as PDF
access      accounts, grants and the audit trail
review      checking, approving, returning and reopening filings
reminders   telling people what their inbox has
evidence    what backs a figure, of the same family
questions   questions on figures, of the same family
papers      papers to be stamped and their scans, of the same family
measures    waivers and rectifications, of the same family
closings    closing a data year, and what was closed
maintenance verifying, backup and restore, a copy for other tools
"""

from tracking.commands.group import group

__all__ = ["group"]
