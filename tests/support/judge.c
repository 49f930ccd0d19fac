#include "tests/support/judge.h"

#include <stdio.h>
#include <string.h>

#define TEXT_CONTRAST 7.0    /* WCAG 2.2, 1.4.6 */
#define CONTROL_CONTRAST 3.0 /* WCAG 2.2, 1.4.11 */
#define SIGN_LEAST_MM 2.4    /* on keys and in discs */
#define SLACK_MM 0.35        /* letters may lean over by so much */
#define GAP_MM 1.9           /* look.md: 2 mm between targets */

static bool overlaps(struct rect a, struct rect b, double slack)
{
    return a.x + a.w - b.x > slack && b.x + b.w - a.x > slack && a.y + a.h - b.y > slack &&
           b.y + b.h - a.y > slack;
}

static bool leaves(struct rect inner, struct rect outer, double slack)
{
    return inner.x < outer.x - slack || inner.y < outer.y - slack ||
           inner.x + inner.w > outer.x + outer.w + slack ||
           inner.y + inner.h > outer.y + outer.h + slack;
}

static const char *judge_text(const struct canvas_mark *marks, int at,
                              const struct judge_rules *rules)
{
    const struct canvas_mark *mark = &marks[at];
    if (mark->is_cut)
        return "is cut";
    if (leaves(mark->ink, rules->area, 0))
        return "leaves the screen";
    if (leaves(mark->ink, mark->box, 1.2))
        return "leaves its box";
    if (mark->cap_mm < (mark->is_sign ? SIGN_LEAST_MM : rules->text_least_mm))
        return "is too small";
    if (mark->contrast < TEXT_CONTRAST)
        return "is hard to see";
    for (int i = 0; i < at; i++)
        if (!marks[i].is_control && overlaps(mark->ink, marks[i].ink, SLACK_MM))
            return "lies on another";
    return NULL;
}

static int judge_marks(const struct canvas *canvas, const struct judge_rules *rules, char *out_why,
                       size_t size)
{
    const struct canvas_mark *marks;
    int wrong = 0, count = canvas_marks(canvas, &marks);
    for (int i = 0; i < count; i++) {
        const char *what = marks[i].is_control
                               ? marks[i].contrast < CONTROL_CONTRAST ? "is hard to see" : NULL
                               : judge_text(marks, i, rules);
        if (what)
            snprintf(out_why, size, "%s\"%s\" %s (%.1f mm, %.1f:1)",
                     marks[i].is_control ? "the control " : "", marks[i].text, what,
                     marks[i].cap_mm, marks[i].contrast);
        wrong += what != NULL;
    }
    if (count == CANVAS_MARKS_MAX)
        wrong++;
    return wrong;
}

/* look.md, 2: what visitors and staff touch, and keys, which touch each other. */
static bool is_too_small(const struct target *target)
{
    static const struct {
        double w, h;
    } least[] = {[TARGET_VISITOR] = {15, 15}, [TARGET_KEY] = {12, 9}, [TARGET_STAFF] = {9.5, 9.5}};
    return target->hit.w < least[target->size].w - 0.01 ||
           target->hit.h < least[target->size].h - 0.01;
}

static const char *judge_target(const struct target *targets, int at, const struct canvas *canvas,
                                const struct judge_rules *rules)
{
    const struct target *target = &targets[at];
    const struct canvas_mark *marks;
    int texts = canvas_marks(canvas, &marks);
    if (is_too_small(target))
        return "is too small for a finger";
    if (leaves(target->box, rules->area, 0.01))
        return "leaves the screen";
    for (int i = 0; i < at; i++)
        if (targets[i].size == TARGET_KEY && target->size == TARGET_KEY
                ? overlaps(target->hit, targets[i].hit, 0.02)
                : overlaps(target->box, targets[i].box, -GAP_MM))
            return "is too near another";
    for (int i = 0; i < texts; i++)
        if (!marks[i].is_control && overlaps(target->box, marks[i].ink, 0.2) &&
            leaves(marks[i].ink, target->box, 0.05))
            return "lies on a text";
    return NULL;
}

int judge_picture(const struct stage *stage, const struct canvas *canvas,
                  const struct judge_rules *rules, char *out_why, size_t size)
{
    const struct target *targets;
    int wrong = judge_marks(canvas, rules, out_why, size);
    int count = stage_targets(stage, &targets);
    for (int i = 0; i < count; i++) {
        const char *what = judge_target(targets, i, canvas, rules);
        if (what)
            snprintf(out_why, size, "the button %s %s (%.1f x %.1f mm)", targets[i].name, what,
                     targets[i].hit.w, targets[i].hit.h);
        wrong += what != NULL;
    }
    return wrong;
}

int judge_languages(const struct stage *stage, int wanted)
{
    const struct target *targets;
    int count = stage_targets(stage, &targets);
    for (int i = 0; i < count; i++) {
        if (targets[i].act.kind == ACT_STAY)
            return 0;
        wanted -= targets[i].act.kind == ACT_LANGUAGE;
    }
    return wanted > 0 ? wanted : 0;
}
