#include <string.h>

#include "app/domain/newcomer_i.h"

static bool is_key(const char *text, size_t length)
{
    return length < GUIDE_KEY_BYTES &&
           strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-") >= length;
}

bool newcomer_copy_keys(const char *text, char out_keys[NEWCOMER_KEYS_BYTES])
{
    size_t at = 0;
    bool has_room = true;
    out_keys[0] = 0;
    for (text += strspn(text, " "); *text; text += strspn(text, " ")) {
        size_t length = strcspn(text, " "), space = at ? 1 : 0;
        if (!is_key(text, length))
            return false;
        has_room = has_room && at + space + length < NEWCOMER_KEYS_BYTES;
        if (has_room) {
            memcpy(out_keys + at, " ", space);
            memcpy(out_keys + at + space, text, length);
            at += space + length;
            out_keys[at] = 0;
        }
        text += length;
    }
    return true;
}

static bool put(json_t *body, const char *name, json_t *value)
{
    return json_object_set_new(body, name, value) == 0;
}

static bool put_text(json_t *body, const char *name, const char *text, size_t size)
{
    return !text || (strlen(text) < size && put(body, name, json_string(text)));
}

static bool put_keys(json_t *body, const char *name, const char *text)
{
    char keys[NEWCOMER_KEYS_BYTES];
    return !text || (newcomer_copy_keys(text, keys) && put(body, name, json_string(keys)));
}

static bool put_wishes(json_t *body, const struct newcomer_said *said)
{
    int wish = 0;
    while (wish < GUIDE_WISH_COUNT &&
           put_keys(body, guide_wish_name((enum guide_wish)wish), said->wishes[wish]))
        wish++;
    return wish == GUIDE_WISH_COUNT;
}

static int clamp(int part)
{
    if (part < 0)
        return 0;
    return part > NEWCOMER_PAD ? NEWCOMER_PAD : part;
}

/* Every `each`th point of the stroke from `from` to before `to`, and its last. */
static bool put_stroke(json_t *strokes, const struct newcomer_said *said, int from, int to,
                       int each, int *room)
{
    json_t *stroke = json_array();
    bool is_whole = json_array_append_new(strokes, stroke) == 0;
    for (int at = from; is_whole && at<to && * room> 0; at++) {
        if ((at - from) % each != 0 && at != to - 1)
            continue;
        is_whole =
            json_array_append_new(stroke, json_integer(clamp(said->points[2 * at]))) == 0 &&
            json_array_append_new(stroke, json_integer(clamp(said->points[2 * at + 1]))) == 0;
        --*room;
    }
    return is_whole;
}

/* So that all strokes fit with both their ends. */
static int keep_each(const struct newcomer_said *said)
{
    int room = NEWCOMER_POINTS_MAX - 2 * said->stroke_count;
    if (room < NEWCOMER_POINTS_MAX / 2)
        room = NEWCOMER_POINTS_MAX / 2;
    return said->point_count <= NEWCOMER_POINTS_MAX ? 1 : 1 + said->point_count / room;
}

static bool put_strokes(json_t *body, const struct newcomer_said *said)
{
    int room = NEWCOMER_POINTS_MAX, each = keep_each(said);
    if (!said->points || said->point_count <= 0)
        return true;
    json_t *strokes = json_array();
    bool is_whole = put(body, "strokes", strokes);
    for (int i = 0; is_whole && i < said->stroke_count && room > 0; i++) {
        int to = i + 1 < said->stroke_count ? said->begins[i + 1] : said->point_count;
        is_whole = put_stroke(strokes, said, said->begins[i], to, each, &room);
    }
    return is_whole;
}

json_t *newcomer_said_to_json(const struct newcomer_said *said)
{
    const char *how = said->how == NEWCOMER_NOT_YET ? NEWCOMER_AGAIN : newcomer_how_name(said->how);
    json_t *body = json_pack("{s:s,s:s}", "step", guide_step_name(said->step), "how", how);
    bool is_whole = body && put_wishes(body, said) && put_keys(body, "missions", said->missions) &&
                    put_text(body, "version", said->version, GUIDE_VERSION_BYTES) &&
                    put_text(body, "text", said->text, GUIDE_HASH_BYTES) &&
                    put_text(body, "language", said->language, NEWCOMER_LANGUAGE_BYTES) &&
                    put_strokes(body, said);
    if (is_whole && said->wants_shaping)
        is_whole = put(body, "wants_shaping", json_true());
    if (is_whole)
        return body;
    json_decref(body);
    return NULL;
}
