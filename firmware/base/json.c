#include "firmware/base/json.h"

enum rc json_read_object(const char *text, size_t length, size_t limit_bytes, json_t **out_object)
{
    if (length > limit_bytes)
        return RC_LIMIT;
    json_error_t error = {.line = 0};
    json_t *object = json_loadb(text, length, JSON_REJECT_DUPLICATES, &error);
    /* Jansson names most mistakes of the text; where it is silent, memory was missing. */
    if (!object && !error.text[0])
        return RC_NO_MEMORY;
    if (!json_is_object(object)) {
        json_decref(object);
        return RC_BAD_INPUT;
    }
    *out_object = object;
    return RC_OK;
}

const char *json_text(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

int64_t json_number(const json_t *object, const char *key, int64_t otherwise)
{
    json_t *value = json_object_get(object, key);
    return json_is_integer(value) ? json_integer_value(value) : otherwise;
}
