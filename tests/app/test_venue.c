#include "app/venue.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "app/domain/language.h"
#include "app/export.h"
#include "firmware/base/settings.h"
#include "tests/support/random.h"

#define VENUE_KEYS 39

static char path[64];

static int set_up(void **state)
{
    (void)state;
    strcpy(path, "/tmp/perron-venue-XXXXXX");
    close(mkstemp(path));
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    return unlink(path);
}

static enum rc read_text(const char *text, struct venue *venue, struct reason *reason)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
    reason->text[0] = 0;
    return venue_read(path, venue, reason);
}

static struct venue must_read(const char *text)
{
    struct venue venue;
    struct reason reason;
    if (read_text(text, &venue, &reason))
        fail_msg("%s", reason.text);
    return venue;
}

static void assert_is_default(const struct venue *venue)
{
    assert_string_equal(venue->name, "Perron");
    assert_string_equal(venue->time_zone, "Europe/Brussels");
    assert_int_equal(venue->language, LANGUAGE_FR);
    assert_int_equal(venue->day_end_min, 240);
    assert_int_equal(venue->volume_percent, 70);
    const struct privacy privacy = privacy_default();
    assert_memory_equal(&venue->privacy, &privacy, sizeof privacy);
    struct circle_list circles = circle_default();
    assert_int_equal(venue->circles.far_under, circles.far_under);
    assert_int_equal(venue->circles.far_over, circles.far_over);
    for (int i = 0; i < CIRCLES_MAX; i++) {
        assert_string_equal(venue->circles.circles[i].name, circles.circles[i].name);
        assert_int_equal(venue->circles.circles[i].minutes, circles.circles[i].minutes);
        for (int language = 0; language < LANGUAGE_COUNT; language++)
            assert_string_equal(venue->circles.circles[i].names[language],
                                circles.circles[i].names[language]);
    }
    assert_false(venue->is_muted);
    assert_false(venue->has_large_text || venue->has_high_contrast || venue->is_mirrored);
    assert_false(venue->has_reduced_motion || venue->has_evening);
    assert_int_equal(venue->evening_from_min, 19 * 60);
    assert_int_equal(venue->evening_to_min, 7 * 60);
    assert_int_equal(venue->keyboard, VENUE_AZERTY);
    assert_int_equal(venue->dim_after_min, 15);
    assert_true(venue->has_speech);
    assert_false(venue->export.is_sealed);
    assert_int_equal(venue->export.files, EXPORT_ALL_FILES);
    assert_int_equal(venue->export.profile, CSV_PROFILE_EXCEL);
    struct quorum_statutes statutes = quorum_default();
    assert_memory_equal(&venue->statutes, &statutes, sizeof statutes);
}

static void a_venue_has_its_circles_beside_it_or_those_that_come_with_perron(void **state)
{
    char folder[] = "/tmp/perron-venue-XXXXXX", conf[64], beside[64];
    struct venue venue;
    struct reason reason = {.text = ""};
    (void)state;
    assert_non_null(mkdtemp(folder));
    snprintf(conf, sizeof conf, "%s/perron.conf", folder);
    snprintf(beside, sizeof beside, "%s/circles.conf", folder);
    assert_int_equal(venue_read(conf, &venue, &reason), RC_OK);
    assert_string_equal(venue.circles.circles[0].name, "friend");
    FILE *file = fopen(beside, "w");
    assert_non_null(file);
    fputs("[circle Noyau]\nhours = 6,5\n", file);
    fclose(file);
    assert_int_equal(venue_read(conf, &venue, &reason), RC_OK);
    assert_string_equal(venue.circles.circles[0].name, "Noyau");
    assert_string_equal(venue.circles.circles[1].name, "");
    file = fopen(beside, "w");
    assert_non_null(file);
    fputs("[circle Noyau]\nhours = many\n", file);
    fclose(file);
    assert_int_equal(venue_read(conf, &venue, &reason), RC_BAD_INPUT);
    assert_non_null(strstr(reason.text, "circles.conf:2: 'hours' in [circle Noyau] takes"));
    assert_int_equal(unlink(beside) | rmdir(folder), 0);
}

static void a_venue_without_a_file_has_good_defaults(void **state)
{
    struct venue venue;
    (void)state;
    assert_int_equal(venue_read("/tmp/perron-nowhere.conf", &venue, NULL), RC_OK);
    assert_is_default(&venue);
}

/* The settings in app/README.md, as somebody would copy them. */
static void the_readme_lists_every_key_with_its_default(void **state)
{
    static char text[8192];
    char line[512];
    int keys = 0;
    FILE *file = fopen("app/README.md", "r");
    (void)state;
    assert_non_null(file);
    while (fgets(line, sizeof line, file))
        if (strncmp(line, "    ", 4) == 0) {
            keys += strchr(line, '=') != NULL;
            strncat(text, line + 4, sizeof text - strlen(text) - 1);
        }
    fclose(file);
    struct venue venue = must_read(text);
    assert_is_default(&venue);
    assert_int_equal(keys, VENUE_KEYS);
}

static void everything_that_can_be_set_arrives_where_it_belongs(void **state)
{
    struct venue venue = must_read(
        "[venue]\nname = L'épi commun\nlanguage = nl\ntime_zone = Europe/Paris\nday_end = 05:30\n"
        "[screen]\nlarge_text = yes\nhigh_contrast = yes\nmirrored = yes\nreduced_motion = yes\n"
        "evening = yes\nevening_from = 20:15\nevening_to = 06:30\nkeyboard = qwerty\n"
        "dim_after_min = 0\nspeech = no\n"
        "[sound]\nvolume = 35\nmute = yes\n"
        "[certificate]\nplace = Liège\nwords_fr = Merci !\nwords_nl = Bedankt!\nwords_en = "
        "Thanks!\n"
        "[assembly]\nvoters = holders\nquorum_by = shares\nquorum_percent = 66\n"
        "quorum_more_than = yes\nquorum_by_college = yes\nproxies = 2\n"
        "[privacy]\nguests_days = 0\nvisits_months = 6\ncount_drinks = number\n"
        "count_info_session = pseudonym\n"
        "[export]\nkey =\nfiles = visits, journal\nprofile = strict\n");
    (void)state;
    assert_string_equal(venue.name, "L'épi commun");
    assert_int_equal(venue.language, LANGUAGE_NL);
    assert_int_equal(venue.day_end_min, 330);
    assert_true(venue.has_large_text && venue.has_high_contrast && venue.is_mirrored);
    assert_true(venue.has_reduced_motion && venue.has_evening);
    assert_int_equal(venue.evening_from_min, 20 * 60 + 15);
    assert_int_equal(venue.evening_to_min, 6 * 60 + 30);
    assert_int_equal(venue.keyboard, VENUE_QWERTY);
    assert_int_equal(venue.dim_after_min, 0);
    assert_false(venue.has_speech);
    assert_int_equal(venue.volume_percent, 35);
    assert_true(venue.is_muted);
    assert_string_equal(venue.place, "Liège");
    assert_string_equal(venue.words[LANGUAGE_FR], "Merci !");
    assert_string_equal(venue.words[LANGUAGE_NL], "Bedankt!");
    assert_string_equal(venue.words[LANGUAGE_EN], "Thanks!");
    assert_int_equal(venue.statutes.voters, QUORUM_HOLDERS);
    assert_int_equal(venue.statutes.by, QUORUM_SHARES);
    assert_int_equal(venue.statutes.percent, 66);
    assert_true(venue.statutes.is_more_than && venue.statutes.is_by_college);
    assert_int_equal(venue.statutes.proxies, 2);
    assert_int_equal(venue.privacy.guest_days, 0);
    assert_int_equal(venue.privacy.visit_months, 6);
    assert_int_equal(venue.privacy.count[OCCASION_DRINKS], PRIVACY_NUMBER);
    assert_int_equal(venue.privacy.count[OCCASION_INFO], PRIVACY_PSEUDONYM);
    assert_false(venue.export.is_sealed);
    assert_int_equal(venue.export.files, 1u << EXPORT_VISITS | 1u << EXPORT_JOURNAL);
    assert_int_equal(venue.export.profile, CSV_PROFILE_STRICT);
}

static void a_key_to_seal_to_is_taken_and_a_slip_in_it_is_told(void **state)
{
    struct seal_public to;
    struct seal_secret with;
    struct reason reason = {.text = ""};
    char key[SEAL_TEXT_BYTES], secret[SEAL_TEXT_BYTES], text[160];
    (void)state;
    seal_make_keys(&to, &with);
    seal_write_public(&to, key);
    seal_write_secret(&with, secret);
    snprintf(text, sizeof text, "[export]\nkey = %s\n", key);
    struct venue venue = must_read(text);
    assert_true(venue.export.is_sealed);
    assert_memory_equal(&venue.export.key, &to, sizeof to);
    snprintf(text, sizeof text, "[export]\nkey = %s\n", secret); /* the half that stays at home */
    assert_int_equal(read_text(text, &venue, &reason), RC_BAD_INPUT);
    key[20] = key[20] == 'a' ? 'b' : 'a';
    snprintf(text, sizeof text, "[export]\nkey = %s\n", key);
    assert_int_equal(read_text(text, &venue, &reason), RC_BAD_INPUT);
    assert_int_equal(read_text("[export]\nfiles = visits, everything\n", &venue, &reason),
                     RC_BAD_INPUT);
    assert_non_null(strstr(reason.text, "newcomers"));
}

/* By the name that facts have: a kind that comes later is not forgotten here. */
static void each_kind_of_occasion_can_be_counted_in_its_own_way(void **state)
{
    (void)state;
    for (int kind = 0; kind < OCCASION_COUNT; kind++) {
        char text[80], key[32];
        snprintf(key, sizeof key, "%s", occasion_kind_name((enum occasion_kind)kind));
        for (char *at = key; *at; at++)
            if (*at == '-')
                *at = '_';
        snprintf(text, sizeof text, "[privacy]\ncount_%s = number\n", key);
        struct venue venue = must_read(text);
        for (int other = 0; other < OCCASION_COUNT; other++)
            assert_int_equal(venue.privacy.count[other],
                             other == kind ? PRIVACY_NUMBER : PRIVACY_NAME);
    }
}

static void note_plain(void *context, const char *section, const char *key, const char *value)
{
    char *told = context, line[128];
    snprintf(line, sizeof line, "%s.%s=%s\n", section, key, value);
    strncat(told, line, 4095 - strlen(told));
}

static void what_somebody_typed_is_no_plain_setting(void **state)
{
    char told[4096] = "";
    struct venue venue = must_read("[venue]\nname = Secret\nlanguage = nl\nday_end = 05:30\n"
                                   "[screen]\nmirrored = yes\ndim_after_min = 7\n"
                                   "[certificate]\nplace = Secret\nwords_fr = Secret\n");
    (void)state;
    venue_each_plain(&venue, note_plain, told);
    assert_non_null(strstr(told, "venue.language=nl\nvenue.day_end=05:30\n"));
    assert_non_null(strstr(told, "screen.mirrored=yes\n"));
    assert_non_null(strstr(told, "screen.dim_after_min=7\n"));
    assert_null(strstr(told, "Secret"));
    assert_null(strstr(told, "certificate"));
}

/* One yes at a time: a row that points at its neighbour's place would show. */
static void each_switch_turns_itself_and_no_other(void **state)
{
    static const char *const keys[] = {"[screen]\nlarge_text",
                                       "[screen]\nhigh_contrast",
                                       "[screen]\nmirrored",
                                       "[screen]\nreduced_motion",
                                       "[screen]\nevening",
                                       "[sound]\nmute",
                                       "[assembly]\nquorum_more_than",
                                       "[assembly]\nquorum_by_college"};
    (void)state;
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        char text[64];
        snprintf(text, sizeof text, "%s = yes\n", keys[i]);
        struct venue venue = must_read(text);
        const bool set[] = {venue.has_large_text,        venue.has_high_contrast,
                            venue.is_mirrored,           venue.has_reduced_motion,
                            venue.has_evening,           venue.is_muted,
                            venue.statutes.is_more_than, venue.statutes.is_by_college};
        for (size_t j = 0; j < sizeof set / sizeof set[0]; j++)
            if (set[j] != (i == j))
                fail_msg("'%s' turned switch %zu", keys[i], j);
    }
}

static void each_mistake_of_a_venue_is_told_with_file_and_line(void **state)
{
    static const struct {
        const char *text, *said;
    } rows[] = {
        {"[venue]\nlanguage = de\n", ":2: 'language' in [venue] is one of: fr nl en"},
        {"[venue]\ntime_zone = Europe/Atlantis\n", ":2: 'time_zone' in [venue] names no time zone"},
        {"[venue]\ntime_zone = ../../etc/passwd\n", "names no time zone"},
        {"[venue]\nday_end = 25:00\n", "such as 04:00"},
        {"[venue]\nday_end = 4\n", "such as 04:00"},
        {"[sound]\nvolume = 101\n", ":2: 'volume' in [sound] takes a whole number from 0 to 100"},
        {"[sound]\nvolume = -1\n", "takes a whole number from 0 to 100"},
        {"[sound]\nvolume = loud\n", "takes a whole number from 0 to 100"},
        {"[sound]\n\nmute = maybe\n", ":3: 'mute' in [sound] is yes or no"},
        {"[sound]\nmute = true\n", "is yes or no"},
        {"[sound]\nmute =\n", "is yes or no"},
        {"[screen]\nlarge_text = YES\n", ":2: 'large_text' in [screen] is yes or no"},
        {"[screen]\nevening_from = 7pm\n", ":2: 'evening_from' in [screen] takes a time"},
        {"[screen]\nkeyboard = dvorak\n", "'keyboard' in [screen] is one of: azerty qwerty"},
        {"[screen]\ndim_after_min = 1441\n", "takes a whole number from 0 to 1440"},
        {"[screen]\nspeech = yes\nspeech = no\n", ":3: 'speech' in [screen] stands there twice"},
        {"[screen]\ncolour = red\n", "known keys are large_text, high_contrast, mirrored"},
        {"[lamp]\na = b\n", ":2: unknown section [lamp]; known sections are venue, screen, sound"},
        {"[assembly]\nvoters = all\n", ":2: 'voters' in [assembly] is one of: members colleges"},
        {"[assembly]\nquorum_by = hands\n", "'quorum_by' in [assembly] is one of: heads shares"},
        {"[assembly]\nquorum_percent = 101\n", "takes a whole number from 0 to 100"},
        {"[assembly]\nquorum_by_college = each\n",
         "'quorum_by_college' in [assembly] is yes or no"},
        {"[assembly]\nproxies = many\n", ":2: 'proxies' in [assembly] takes a whole number"},
        {"[privacy]\nguests_days = -1\n", ":2: 'guests_days' in [privacy] takes a whole number"},
        {"[privacy]\nvisits_months = 121\n", "takes a whole number from 0 to 120"},
        {"[privacy]\ncount_drinks = nobody\n",
         "'count_drinks' in [privacy] is one of: name pseudonym number"},
        {"[privacy]\ncount_party = name\n", "known keys are guests_days, visits_months"},
    };
    const struct venue untouched = {.name = "as before"};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct venue venue = untouched;
        struct reason reason;
        if (!read_text(rows[i].text, &venue, &reason) || !strstr(reason.text, rows[i].said))
            fail_msg("venue %zu: '%s' was said, not '%s'", i, reason.text, rows[i].said);
        assert_string_equal(venue.name, "as before");
    }
}

static void evening_begins_and_ends_at_its_minutes_over_midnight_too(void **state)
{
    static const struct {
        bool has_evening;
        int from, to, now;
        bool is_evening;
    } rows[] = {{true, 1140, 420, 1139, false}, {true, 1140, 420, 1140, true},
                {true, 1140, 420, 1439, true},  {true, 1140, 420, 0, true},
                {true, 1140, 420, 419, true},   {true, 1140, 420, 420, false},
                {true, 60, 120, 59, false},     {true, 60, 120, 60, true},
                {true, 60, 120, 120, false},    {true, 600, 600, 600, false},
                {false, 1140, 420, 1200, false}};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct venue venue = venue_default();
        venue.has_evening = rows[i].has_evening;
        venue.evening_from_min = rows[i].from;
        venue.evening_to_min = rows[i].to;
        if (venue_is_evening(&venue, rows[i].now) != rows[i].is_evening)
            fail_msg("row %zu", i);
    }
}

static void random_changes_never_do_harm(void **state)
{
    static const char good[] = "[screen]\nevening = yes\nevening_from = 20:15\nkeyboard = qwerty\n"
                               "[sound]\nvolume = 35\nmute = no\n";
    struct random random;
    uint64_t seed = random_seed();
    (void)state;
    print_message("PERRON_SEED=%llu\n", (unsigned long long)seed);
    random_init(&random, seed);
    for (int i = 0; i < 2000; i++) {
        char text[sizeof good];
        struct venue venue = venue_default();
        struct reason reason;
        memcpy(text, good, sizeof good);
        for (int changes = 0; changes < 2; changes++)
            text[random_below(&random, sizeof good - 1)] = (char)(1 + random_below(&random, 255));
        (void)!read_text(text, &venue, &reason);
        assert_in_range(venue.volume_percent, 0, 100);
        assert_in_range(venue.keyboard, VENUE_AZERTY, VENUE_QWERTY);
        assert_in_range(venue.evening_from_min, 0, 1439);
    }
}

static void it_is_changed_once_each_time_somebody_changes_one_of_its_files(void **state)
{
    struct venue_stamp stamp = {.settings = {.number = 0}};
    char folder[] = "/tmp/perron-venue-XXXXXX", settings[64], circles[64], command[64];
    const char *const files[] = {settings, circles};
    (void)state;
    assert_non_null(mkdtemp(folder));
    snprintf(settings, sizeof settings, "%s/perron.conf", folder);
    snprintf(circles, sizeof circles, "%s/circles.conf", folder);
    snprintf(command, sizeof command, "rm -rf %s", folder);
    assert_false(venue_is_changed(settings, &stamp));
    for (int i = 0; i < 2; i++) {
        FILE *file = fopen(files[i], "w");
        assert_non_null(file);
        assert_int_equal(fclose(file), 0);
        assert_true(venue_is_changed(settings, &stamp));
        assert_false(venue_is_changed(settings, &stamp));
    }
    for (int i = 0; i < 2; i++) {
        unlink(files[i]);
        assert_true(venue_is_changed(settings, &stamp));
        assert_false(venue_is_changed(settings, &stamp));
    }
    assert_int_equal(system(command), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_is_changed_once_each_time_somebody_changes_one_of_its_files),
        cmocka_unit_test(a_venue_has_its_circles_beside_it_or_those_that_come_with_perron),
        cmocka_unit_test(a_venue_without_a_file_has_good_defaults),
        cmocka_unit_test_setup_teardown(a_key_to_seal_to_is_taken_and_a_slip_in_it_is_told, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(the_readme_lists_every_key_with_its_default, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(everything_that_can_be_set_arrives_where_it_belongs, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(each_kind_of_occasion_can_be_counted_in_its_own_way, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(what_somebody_typed_is_no_plain_setting, set_up, tear_down),
        cmocka_unit_test_setup_teardown(each_switch_turns_itself_and_no_other, set_up, tear_down),
        cmocka_unit_test_setup_teardown(each_mistake_of_a_venue_is_told_with_file_and_line, set_up,
                                        tear_down),
        cmocka_unit_test(evening_begins_and_ends_at_its_minutes_over_midnight_too),
        cmocka_unit_test_setup_teardown(random_changes_never_do_harm, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
