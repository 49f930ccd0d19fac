/* greeting-forgotten - you are counted in, and the last time you left was not noted. */
#include "app/ui/panel.h"
#include "app/ui/scene.h"
#include "app/ui/words.h"

#define WEEK_MS ((int64_t)6 * 24 * 3600 * 1000)

static const struct panel_speech speech = {
    WORDS_MARK("Hello %s"), WORDS_MARK("Arrival noted at %s"), WORDS_MARK("Arrival noted")};

static int layout(const struct scene_model *model, struct rect area, struct scene_button *out)
{
    return scene_undo(model, area, out);
}

/* Names the day where it is sure: a weekday within the week, a date before. */
static const char *what_happened(const struct scene_model *model, char *out_text, size_t size)
{
    const struct answer *answer = model->answer;
    enum language language = model->language;
    char day[WORDS_TIME_SIZE];
    if (answer->is_time_doubtful || !answer->forgotten_ms)
        return words_format(out_text, size, "%s",
                            words(language, "Your last departure was not noted. It happens."));
    if (answer->at_ms - answer->forgotten_ms < WEEK_MS)
        return words_format(out_text, size,
                            words(language, "Your departure on %s was not noted. It happens."),
                            words_weekday(language, answer->forgotten_ms, day, sizeof day));
    return words_format(out_text, size,
                        words(language, "Your departure of %s was not noted. It happens."),
                        words_date(language, answer->forgotten_ms, day, sizeof day));
}

static void draw(const struct scene_model *model, struct rect area, struct canvas *canvas)
{
    char text[256], headline[160];
    what_happened(model, text, sizeof text);
    if (scene_is_narrow(area) && area.h < 100) { /* half a screen has room for one of both */
        words_format(headline, sizeof headline, words(model->language, speech.hello),
                     model->answer->first_name);
        scene_head(&scene_forgotten, model, area, headline, text, canvas);
        return;
    }
    struct rect rest =
        panel_head(&scene_forgotten, model, area, &speech, model->answer->at_ms, canvas);
    panel_text(THEME_QUESTION, model, scene_above_foot(rest), text, canvas);
}

const struct scene scene_forgotten = {.name = "greeting-forgotten",
                                      .meaning = THEME_IN,
                                      .icon = ICON_TICK,
                                      .layout = layout,
                                      .draw = draw};
