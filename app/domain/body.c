#include "app/domain/body.h"

#include <string.h>

enum rc body_read(const struct fact *fact, json_t **out_body)
{
    *out_body = NULL;
    if (!fact->body)
        return RC_OK;
    enum rc rc = json_read_object(fact->body, fact->body_length, FACT_BODY_LIMIT, out_body);
    return !rc || rc == RC_NO_MEMORY ? rc : RC_CORRUPT;
}

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

/* --- plain ones --- */

enum rc body_read_words(const struct fact *fact, struct body_words *out_words)
{
    out_words->json = NULL;
    if (fact->body_length <= FACT_BODY_LIMIT &&
        json_flat_read(fact->body, fact->body_length, &out_words->flat))
        return RC_OK;
    return body_read(fact, &out_words->json);
}

void body_forget_words(struct body_words *words)
{
    json_decref(words->json);
}

const char *body_words_text(const struct body_words *words, const char *name,
                            char memory[BODY_NAME_BYTES])
{
    if (words->json)
        return json_text(words->json, name);
    const struct json_flat_member *member = json_flat_find(&words->flat, name, JSON_FLAT_TEXT);
    if (!member)
        return NULL;
    size_t length = member->text_length;
    if (length > BODY_NAME_BYTES - 1)
        length = BODY_NAME_BYTES - 1;
    memcpy(memory, member->text, length);
    memory[length] = 0;
    return memory;
}

struct fact_id body_words_id(const struct body_words *words, const char *name)
{
    if (words->json)
        return body_id(words->json, name);
    const struct json_flat_member *member = json_flat_find(&words->flat, name, JSON_FLAT_PAIR);
    return member && member->numbers[1] > 0
               ? (struct fact_id){member->numbers[0], member->numbers[1]}
               : (struct fact_id){0, 0};
}

int64_t body_words_time(const struct body_words *words, const char *name, int64_t otherwise)
{
    if (words->json)
        return body_time(words->json, name, otherwise);
    const struct json_flat_member *member = json_flat_find(&words->flat, name, JSON_FLAT_NUMBER);
    bool is_time = member && member->numbers[0] >= 0 && member->numbers[0] <= FACT_TIME_MAX_MS;
    return is_time ? member->numbers[0] : otherwise;
}
