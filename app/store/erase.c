#include "app/store/erase.h"

#include "app/store/closing.h"

enum rc erase_person(struct journal *journal, const struct office *office, struct fact_id person)
{
    struct closing_rule rule = {.is_everything = true};
    struct closing closing;
    bool is_doubtful;
    journal_place_now(journal, &rule.now_ms, &is_doubtful);
    enum rc rc = closing_begin(journal, office, person, &rule, &closing);
    if (!rc && (closing.sums.count || closing.fold.is_known))
        rc = closing_write(&closing, NULL);
    if (!rc)
        rc = closing_bury(&closing);
    closing_finish(&closing);
    return rc;
}
