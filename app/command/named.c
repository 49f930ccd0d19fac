#include "app/command/named.h"

#include <inttypes.h>
#include <stdio.h>

void named_write(struct shift_id of, int64_t station, char out_name[NAMED_BYTES])
{
    char from[24] = "", number[16] = "";
    if (of.occasion.station != station)
        snprintf(from, sizeof from, "%" PRId64 ":", of.occasion.station);
    if (of.number)
        snprintf(number, sizeof number, "/%d", of.number);
    snprintf(out_name, NAMED_BYTES, "%s%" PRId64 "%s", from, of.occasion.seq, number);
}

enum rc named_read(const char *name, int64_t station, struct shift_id *out_of,
                   struct reason *out_reason)
{
    static const char *const forms[] = {"%" SCNd64 "/%d%n", "%" SCNd64 "%n"};
    struct shift_id of = {{station, 0}, 0};
    const char *rest = name;
    int used = 0;
    int64_t first;
    if (sscanf(name, "%" SCNd64 ":%n", &first, &used) == 1 && used > 0) {
        of.occasion.station = first;
        rest = name + used;
    }
    used = 0;
    bool is_shift = sscanf(rest, forms[0], &of.occasion.seq, &of.number, &used) == 2 && used > 0;
    bool is_occasion = !is_shift && sscanf(rest, forms[1], &of.occasion.seq, &used) == 1;
    if ((!is_shift && !is_occasion) || rest[used] || of.occasion.seq <= 0 || of.number < 0) {
        reason_set(out_reason,
                   "%.40s names no occasion: perron calendar list has them as 1234, and their "
                   "shifts as 1234/1",
                   name);
        return RC_BAD_INPUT;
    }
    *out_of = of;
    return RC_OK;
}

enum rc named_read_kind(const char *name, enum occasion_kind *out_kind, struct reason *out_reason)
{
    char known[200] = "";
    size_t used = 0;
    enum occasion_kind kind = occasion_kind_from_name(name);
    if (kind < OCCASION_COUNT) {
        *out_kind = kind;
        return RC_OK;
    }
    for (int i = 0; i < OCCASION_COUNT; i++)
        used += (size_t)snprintf(known + used, sizeof known - used, "%s%s",
                                 i == 0                    ? ""
                                 : i + 1 == OCCASION_COUNT ? " and "
                                                           : ", ",
                                 occasion_kind_name((enum occasion_kind)i));
    reason_set(out_reason, "%.40s is no kind of occasion: there are %s", name, known);
    return RC_BAD_INPUT;
}
