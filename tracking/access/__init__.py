"""Who is there, and what they may see and do.

people       a person with the grants of the moment, and the database as that person sees it
acts         what may be done, by which role: the one declaration, and the one function that every writer asks
accounts     people known here by a name and a password
authentication  who a name, a password and a one-time code are of
grants       roles over a scope, from a day until a day
looking_after  both, each in a transaction of its own
passwords    what is kept of a password, and which are refused
codes        one-time codes beside a password
providers    whom the city's settings let say who somebody is
open_id      signing in by them
sessions     who is signed in, for how long
tokens       what a person's own tool shows instead of a session, to read
trail        what happened, a line each, chained
media        whose the files are that pages hand out
limits       how often something may be done
settings     whether a server may start as it is set up
sign_in      signing in and out
own_pages    a person's own pages
session_pages  what both have in common
forms        what they are made of
cookies      the one cookie
gate         in front of everything that the server answers

Nothing here knows a policy, a filing or a page.
"""
