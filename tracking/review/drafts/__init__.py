"""Drafts: what somebody is about to file, kept until it is filed or thrown away; in no figure anywhere.

written   what a person decided about a file, and what its check led to, as they are stored
scope     whose a draft is: the spaces that it names, and who may go on with it
keeping   saved as the person acts, offered again, taken up, thrown away, ended by being filed
since     what is otherwise than when a draft was last looked at
"""
