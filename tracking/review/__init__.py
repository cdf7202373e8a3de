"""Review: from filed to approved. What a state allows stands in schema.sql; nothing here changes a status.

acting     checking, approving, returning and reopening filings: the acts, each asked of the grants where it is stored
standing   the state of a filing, what waits for whom, and what a filing came with
questions  threads on a figure: asked, answered, resolved
returned   what a return names, by figure and in the operator's own file
again      a returned filing whose figures are right, answered and filed again as it stands
drafts     what is being filed and is not filed yet
windows    when filings are taken, and exceptions of a space
exceptions whether what is returned can be filed again in time, and the exception that lets it
terms      within how many days each step is to be done, as an edition names it
waiting    since when a filing waits at its step, and what lies there too long
deadlines  the days that are left until a deadline, counted where it is
inbox      what concerns somebody: what happened, questions, deadlines that come near
evidence   files that back a figure; `evidence_files` knows what each is, `evidence_lists` counts those that are lists
measures   what waivers and rectifications have in common: what they are of, and how an act is kept
waivers    one requirement of one year is let pass until a day
rectifications  what is to be put right: demanded, planned, reported, decided
rectification_files  files that show what was done about it
figures    the figures of a filing beside the year before, the target and the revision approved before
"""
