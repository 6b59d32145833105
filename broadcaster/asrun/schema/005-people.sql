-- Who belongs to the station is asked at every look at the page; the rows of people are few among
-- the decisions of many years.
CREATE INDEX register_people ON register (id) WHERE event = 'person';
