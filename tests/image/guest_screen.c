#include "tests/image/guest_screen.h"

#include <stdio.h>
#include <string.h>

#include "tests/support/real.h"

#define LOOK_EVERY_MS 100
#define DUMP_MS 20000 /* a busy machine draws slowly */

enum rc guest_screen_look(struct guest *guest, struct picture *out_picture, struct reason *reason)
{
    const char *path = guest_path(guest, "screen.png");
    json_t *arguments = json_pack("{s:s, s:s}", "filename", path, "format", "png");
    enum rc rc = qmp_command(guest_qmp(guest), "screendump", arguments, DUMP_MS, NULL, reason);
    if (rc)
        return rc;
    rc = picture_read(path, out_picture);
    if (rc)
        reason_set(reason, "the screen's picture %s cannot be read: %s", path, rc_text(rc));
    return rc;
}

/* --- waiting for something to be seen --- */

/* What is waited for: is it so of this picture? `out_seen` says what is to be seen instead. */
struct wish {
    bool (*is_met)(struct wish *wish, const struct picture *picture, char *out_seen, size_t size);
    const char *what;
    const struct picture *picture;
    const struct difference_bounds *bounds;
    struct difference_area area;
    uint32_t colour;
    int tolerance;
    double share;
    int still_ms;
    struct picture last; /* the one that has stood since */
    int64_t since_ms;
};

static void tell(const struct difference *difference, char *out_seen, size_t size)
{
    snprintf(out_seen, size, "%ld of %ld pixels differ (%.3f %%), by %d at most, at %d,%d to %d,%d",
             difference->differing, difference->compared, difference->share * 100, difference->most,
             difference->box.x, difference->box.y, difference->box.x + difference->box.width - 1,
             difference->box.y + difference->box.height - 1);
}

/* Looks again and again. `out_picture`: the one that met the wish; may be NULL. */
static enum rc wait_for(struct guest *guest, struct wish *wish, int limit_ms,
                        struct picture *out_picture, struct reason *reason)
{
    int64_t until_ms = real_ms() + limit_ms;
    char seen[160] = "";
    for (;;) {
        struct picture picture;
        enum rc rc = guest_screen_look(guest, &picture, reason);
        if (rc)
            return rc;
        if (wish->is_met(wish, &picture, seen, sizeof seen)) {
            if (out_picture)
                *out_picture = picture;
            else
                picture_close(&picture);
            return RC_OK;
        }
        picture_close(&picture);
        if (real_ms() >= until_ms) {
            reason_set(reason, "after %d ms the screen %s: %s", limit_ms, wish->what, seen);
            return RC_TIMEOUT;
        }
        real_pause_ms(LOOK_EVERY_MS);
    }
}

/* Pictures of two sizes are as different as can be. */
static bool is_like(const struct picture *picture, const struct picture *other,
                    const struct difference_bounds *bounds, char *out_seen, size_t size)
{
    struct difference difference;
    if (difference_between(picture, other, bounds, &difference)) {
        snprintf(out_seen, size, "it is %d x %d pixels, not %d x %d", picture->width,
                 picture->height, other->width, other->height);
        return false;
    }
    tell(&difference, out_seen, size);
    return difference_is_within(&difference, bounds);
}

static bool looks_alike(struct wish *wish, const struct picture *picture, char *out_seen,
                        size_t size)
{
    struct picture_likeness likeness;
    if (picture_compare(wish->picture, picture, &likeness)) {
        snprintf(out_seen, size, "it is %d x %d pixels, not %d x %d", picture->width,
                 picture->height, wish->picture->width, wish->picture->height);
        return false;
    }
    snprintf(out_seen, size, "%s", likeness.why);
    return likeness.is_same;
}

static bool is_the_picture(struct wish *wish, const struct picture *picture, char *out_seen,
                           size_t size)
{
    return is_like(picture, wish->picture, wish->bounds, out_seen, size);
}

static bool is_another_picture(struct wish *wish, const struct picture *picture, char *out_seen,
                               size_t size)
{
    return !is_like(picture, wish->picture, wish->bounds, out_seen, size);
}

static bool has_the_colour(struct wish *wish, const struct picture *picture, char *out_seen,
                           size_t size)
{
    struct difference difference =
        difference_from_colour(picture, wish->area, wish->colour, wish->tolerance);
    tell(&difference, out_seen, size);
    return difference.compared > 0 && 1 - difference.share >= wish->share;
}

static bool stands_still(struct wish *wish, const struct picture *picture, char *out_seen,
                         size_t size)
{
    if (wish->last.pixels && is_like(picture, &wish->last, wish->bounds, out_seen, size))
        return real_ms() - wish->since_ms >= wish->still_ms;
    struct picture copy;
    picture_close(&wish->last);
    if (picture_make(picture->width, picture->height, &copy))
        return false;
    memcpy(copy.pixels, picture->pixels,
           (size_t)picture->width * (size_t)picture->height * sizeof picture->pixels[0]);
    wish->last = copy;
    wish->since_ms = real_ms();
    return false;
}

enum rc guest_screen_wait_picture(struct guest *guest, const struct picture *wanted,
                                  const struct difference_bounds *bounds, int limit_ms,
                                  struct reason *reason)
{
    struct wish wish = {.is_met = is_the_picture,
                        .what = "is not the one that was waited for",
                        .picture = wanted,
                        .bounds = bounds};
    return wait_for(guest, &wish, limit_ms, NULL, reason);
}

enum rc guest_screen_wait_like(struct guest *guest, const struct picture *wanted, int limit_ms,
                               struct reason *reason)
{
    struct wish wish = {.is_met = looks_alike,
                        .what = "does not look like the one that was waited for",
                        .picture = wanted};
    return wait_for(guest, &wish, limit_ms, NULL, reason);
}

enum rc guest_screen_wait_change(struct guest *guest, const struct picture *before,
                                 const struct difference_bounds *bounds, int limit_ms,
                                 struct reason *reason)
{
    struct wish wish = {.is_met = is_another_picture,
                        .what = "is what it was",
                        .picture = before,
                        .bounds = bounds};
    return wait_for(guest, &wish, limit_ms, NULL, reason);
}

enum rc guest_screen_wait_colour(struct guest *guest, struct difference_area area, uint32_t colour,
                                 int tolerance, double share, int limit_ms, struct reason *reason)
{
    char what[80];
    snprintf(what, sizeof what, "is not 0x%06x in that area", colour);
    struct wish wish = {.is_met = has_the_colour,
                        .what = what,
                        .area = area,
                        .colour = colour,
                        .tolerance = tolerance,
                        .share = share};
    return wait_for(guest, &wish, limit_ms, NULL, reason);
}

enum rc guest_screen_wait_still(struct guest *guest, int still_ms,
                                const struct difference_bounds *bounds, int limit_ms,
                                struct picture *out_picture, struct reason *reason)
{
    struct wish wish = {.is_met = stands_still,
                        .what = "does not stand still",
                        .bounds = bounds,
                        .still_ms = still_ms};
    enum rc rc = wait_for(guest, &wish, limit_ms, out_picture, reason);
    picture_close(&wish.last);
    return rc;
}
