-- What review has not approved says what state it is in, so that what waits is found without every filing that was ever
-- made; how an enrolment's requirements stand, and what a filing does, are stored beside it. The table is derived, so it is
-- made anew.
-- views gone: review_queue
DROP TABLE IF EXISTS stored_provisional;
