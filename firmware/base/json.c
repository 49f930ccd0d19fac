#include "firmware/base/json.h"

#include <setjmp.h>
#include <stdbool.h>
#include <stdlib.h>

/*
 * Jansson's lexer does not look whether a byte could be kept: without memory it goes on with a
 * shorter text or stops the process. So a reading that misses memory is left at once, and what it
 * had taken is given back.
 */
struct reading {
    jmp_buf way_out;
    void **taken;
    size_t count, capacity;
};

static _Thread_local struct reading *reading;
static _Thread_local bool was_refused; /* memory, while nobody read */

/* Makes room to remember one more block. */
static bool make_room(void)
{
    if (reading->count < reading->capacity)
        return true;
    size_t capacity = reading->capacity ? 2 * reading->capacity : 64;
    void **taken = realloc(reading->taken, capacity * sizeof *taken);
    if (!taken)
        return false;
    reading->taken = taken;
    reading->capacity = capacity;
    return true;
}

static void *take(size_t size)
{
    if (!reading) {
        void *memory = malloc(size);
        was_refused |= !memory;
        return memory;
    }
    if (!make_room() || !(reading->taken[reading->count] = malloc(size)))
        longjmp(reading->way_out, 1);
    return reading->taken[reading->count++];
}

/* What is given back while reading was mostly taken last. */
static void give_back(void *memory)
{
    for (size_t i = reading && memory ? reading->count : 0; i-- > 0;)
        if (reading->taken[i] == memory) {
            reading->taken[i] = reading->taken[--reading->count];
            break;
        }
    free(memory);
}

/* Before anything takes memory from Jansson. */
__attribute__((constructor)) static void start(void)
{
    json_set_alloc_funcs(take, give_back);
}

static enum rc load(struct reading *own, const char *text, size_t length, json_t **out_value)
{
    enum rc rc = RC_OK;
    reading = own;
    if (setjmp(own->way_out)) {
        rc = RC_NO_MEMORY;
        for (size_t i = 0; i < own->count; i++)
            free(own->taken[i]);
    } else {
        *out_value = json_loadb(text, length, JSON_REJECT_DUPLICATES, NULL);
    }
    reading = NULL;
    free(own->taken);
    return rc;
}

enum rc json_read_object(const char *text, size_t length, size_t limit_bytes, json_t **out_object)
{
    json_t *value = NULL;
    struct reading own = {.taken = NULL};
    if (length > limit_bytes)
        return RC_LIMIT;
    enum rc rc = load(&own, text, length, &value);
    if (rc)
        return rc;
    if (!json_is_object(value)) {
        json_decref(value);
        return RC_BAD_INPUT;
    }
    *out_object = value;
    return RC_OK;
}

char *json_write(const json_t *value, size_t flags)
{
    was_refused = false;
    char *text = json_dumps(value, flags);
    if (!was_refused)
        return text;
    free(text);
    return NULL;
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
