"""The parts of the filing page, in the order in which a person comes to them.

owed        which years are due, and the template to fill in
returned    what came back from review, and why
draft       the file that is being filed, as it was uploaded or as it was corrected since
kept        the same as a draft in the database: offered, gone on with, saved at each change, thrown away
problems    what is wrong with it, and cells mended in place
figures     what was understood, beside last year's and what is asked
confirm     who files, and the one button that stores it
backing     what backs the figures of a file, attached before it is stored
receipt     what was stored
history     every revision of a filing, its figures, and two of them compared
register    a register, which is stored at once
"""
