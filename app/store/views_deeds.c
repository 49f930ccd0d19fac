/* What somebody did at occasions. */
#include "app/store/views_i.h"

enum rc views_write_deeds(struct db *db, const char *suffix, struct fact_id person,
                          const struct deeds *deeds)
{
    enum rc rc = views_run(db, suffix, "DELETE FROM deed@ WHERE person_station=? AND person_seq=?",
                           "I", person);
    for (size_t i = 0; !rc && i < deeds->count; i++) {
        const struct deed *d = &deeds->rows[i];
        rc = views_run(db, suffix,
                       "INSERT INTO deed@(station, seq, person_station, person_seq, place, kind,"
                       " organisation_station, organisation_seq, occasion_station, occasion_seq,"
                       " other_station, other_seq, day, at_ms, text)"
                       " VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
                       "IIidIIIdit", d->fact, person, (int64_t)i, (int)d->kind, d->organisation,
                       d->occasion, d->other, d->day, d->at_ms, d->text);
    }
    return rc;
}
