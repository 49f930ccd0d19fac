#include "app/domain/body.h"

struct fact_id body_id(const json_t *body, const char *name)
{
    const json_t *id = json_object_get(body, name);
    const struct fact_id found = {json_integer_value(json_array_get(id, 0)),
                                  json_integer_value(json_array_get(id, 1))};
    return found.seq > 0 ? found : (struct fact_id){0, 0};
}

enum rc body_take_number(const json_t *body, const char *name, int64_t least, int64_t most,
                         int64_t *number)
{
    const json_t *value = json_object_get(body, name);
    if (!value)
        return RC_OK;
    if (!json_is_integer(value) || json_integer_value(value) < least ||
        json_integer_value(value) > most)
        return RC_BAD_INPUT;
    *number = json_integer_value(value);
    return RC_OK;
}

int64_t body_time(const json_t *body, const char *name, int64_t otherwise)
{
    int64_t time_ms = otherwise;
    return body_take_number(body, name, 0, FACT_TIME_MAX_MS, &time_ms) ? otherwise : time_ms;
}
