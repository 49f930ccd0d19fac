/*
 * README.txt: for whoever finds the folder and never saw one. Its list is of the files that are in
 * the folder, each with what it is in this one.
 */
#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "app/exchange/duration.h"
#include "app/exchange/register_hours.h"
#include "app/export_i.h"
#include "app/venue_files.h"

#define LINE_END "\r\n" /* Notepad's, too */
#define TEXT_BYTES 16384
#define NAME_BYTES 24

/* What can lie there: the files somebody can ask for, and what comes along. */
enum listed {
    LISTED_VENUE = EXPORT_FILE_COUNT,
    LISTED_KEY,
    LISTED_README,
    LISTED_SUMS,
    LISTED_COUNT
};

struct said {
    const char *of, *about; /* before and behind the venue's name */
    const char *colon;
    const char *everything, *changes, *days, *organisation, *house; /* what it is of */
    const char *files[LISTED_COUNT];
    const char *changed[LISTED_COUNT]; /* where it has changes only; NULL: the same */
    const char *of_days[LISTED_COUNT]; /* where it is of some days; NULL: the same */
    const char *of_one[LISTED_COUNT];  /* where it is of one organisation; NULL: the same */
    const char *whole;                 /* they are of everybody, though a part was asked for */
    const char *naming;                /* they name everybody, though the house hides who came */
    const char *summed;                /* hours that hours.csv has no rows of */
    const char *change;                /* the column */
    const char *sealed;
    const char *check;
};

static const struct said languages[] = {
    {
        .of = "Le registre de",
        .colon = " : ",
        .about = ", sorti par Perron. Il parle de personnes : garde-le pour toi.",
        .everything = "Tout ce que le registre contient",
        .changes = "Ce qui est nouveau ou changé depuis la dernière fois",
        .days = "Ces jours seulement",
        .organisation = "Seulement ce qui est à",
        .house = "la maison elle-même",
        .files =
            {
                [EXPORT_VISITS] = "qui était là, et quand",
                [EXPORT_HOURS] = "les heures données, par visite et par mission",
                [EXPORT_PEOPLE] = "les personnes du registre",
                [EXPORT_NEWCOMERS] = "qui a commencé une première visite",
                [EXPORT_WORKBOOK] = "visites, heures et personnes pour Excel ou LibreOffice, avec "
                                    "des totaux",
                [EXPORT_JOURNAL] = "le journal complet, de tout le monde et de tout temps, pour "
                                   "restaurer le registre",
                [EXPORT_DATABASE] = "une copie de la base, de tout le monde et de tout temps, pour "
                                    "restaurer le registre",
                [EXPORT_ROLL_CALL] = "qui était dans la maison à ce moment",
                [LISTED_VENUE] = "ce que la maison a réglé, et son accueil : copié tout en haut "
                                 "d'une clé, une autre station peut le prendre",
                [LISTED_KEY] = "la clé qui reconnaît les badges, pour restaurer le registre",
                [LISTED_README] = "ce texte",
                [LISTED_SUMS] = "de quoi vérifier que rien n'est abîmé",
            },
        .changed =
            {
                [EXPORT_PEOPLE] = "les personnes nouvelles, changées ou parties",
                [EXPORT_JOURNAL] = "le journal depuis la dernière fois, de tout le monde ; seul, "
                                   "il ne restaure pas le registre",
            },
        .of_days =
            {
                [EXPORT_PEOPLE] = "les personnes qui étaient là ces jours-là",
            },
        .of_one =
            {
                [EXPORT_PEOPLE] = "les personnes qui étaient là pour elle",
            },
        .whole = "Pas seulement ce qui a été demandé : tout le monde et tout temps sont dans",
        .naming = "Quelle que soit la façon de compter de la maison, tout le monde est nommé dans "
                  "ces fichiers ; ne transmets que les tableaux :",
        .summed = "hours.csv n'a que ce qui est encore connu un par un. Il y manque, clôturé, "
                  "effacé ou compté comme un nombre :",
        .change = "La colonne « change » dit ce qui est nouveau (new), changé (changed) ou parti "
                  "(gone) depuis la dernière fois.",
        .sealed = "Les fichiers « .sealed » s'ouvrent avec la clé de la coordination : perron open "
                  "DOSSIER",
        .check = "Pour vérifier que rien n'est abîmé : sha256sum -c SHA256SUMS",
    },
    {
        .of = "Het register van",
        .colon = ": ",
        .about = ", uitgevoerd door Perron. Het gaat over mensen: hou het voor jezelf.",
        .everything = "Alles wat het register heeft",
        .changes = "Wat nieuw of veranderd is sinds de vorige keer",
        .days = "Alleen deze dagen",
        .organisation = "Alleen wat hoort bij",
        .house = "het huis zelf",
        .files =
            {
                [EXPORT_VISITS] = "wie er was, en wanneer",
                [EXPORT_HOURS] = "de gegeven uren, per bezoek en per taak",
                [EXPORT_PEOPLE] = "de mensen van het register",
                [EXPORT_NEWCOMERS] = "wie aan een eerste bezoek begon",
                [EXPORT_WORKBOOK] = "bezoeken, uren en mensen voor Excel of LibreOffice, met "
                                    "totalen",
                [EXPORT_JOURNAL] = "het hele journaal, van iedereen en van altijd, om het register "
                                   "te herstellen",
                [EXPORT_DATABASE] = "een kopie van de databank, van iedereen en van altijd, om het "
                                    "register te herstellen",
                [EXPORT_ROLL_CALL] = "wie er toen in huis was",
                [LISTED_VENUE] = "wat het huis instelde, en zijn onthaal: een ander station neemt "
                                 "het over als het bovenaan op een stick staat",
                [LISTED_KEY] = "de sleutel die badges herkent, om het register te herstellen",
                [LISTED_README] = "deze tekst",
                [LISTED_SUMS] = "om na te gaan of niets beschadigd is",
            },
        .changed =
            {
                [EXPORT_PEOPLE] = "de mensen die nieuw, veranderd of weg zijn",
                [EXPORT_JOURNAL] = "het journaal sinds de vorige keer, van iedereen; alleen "
                                   "daarmee komt het register niet terug",
            },
        .of_days =
            {
                [EXPORT_PEOPLE] = "de mensen die er die dagen waren",
            },
        .of_one =
            {
                [EXPORT_PEOPLE] = "de mensen die er daarvoor waren",
            },
        .whole = "Niet alleen wat gevraagd werd: van iedereen en van altijd is",
        .naming = "Hoe het huis ook telt, in deze bestanden staat ieders naam; geef alleen de "
                  "tabellen door:",
        .summed = "hours.csv heeft alleen wat nog één voor één bekend is. Daar ontbreekt, "
                  "afgesloten, gewist of als een getal geteld:",
        .change = "De kolom \"change\" zegt wat sinds de vorige keer nieuw (new), veranderd "
                  "(changed) of weg (gone) is.",
        .sealed = "Bestanden op \".sealed\" gaan open met de sleutel van de coördinatie: perron "
                  "open MAP",
        .check = "Om na te gaan of niets beschadigd is: sha256sum -c SHA256SUMS",
    },
    {
        .of = "The register of",
        .colon = ": ",
        .about = ", taken out by Perron. It is about people: keep it to yourself.",
        .everything = "All that the register has",
        .changes = "What is new or changed since last time",
        .days = "Only these days",
        .organisation = "Only what belongs to",
        .house = "the house itself",
        .files =
            {
                [EXPORT_VISITS] = "who was there, and when",
                [EXPORT_HOURS] = "the hours given, by visit and mission",
                [EXPORT_PEOPLE] = "the people of the register",
                [EXPORT_NEWCOMERS] = "who began a first visit",
                [EXPORT_WORKBOOK] = "visits, hours and people for Excel or LibreOffice, with "
                                    "totals",
                [EXPORT_JOURNAL] = "the whole journal, of everybody and all times, to restore the "
                                   "register from",
                [EXPORT_DATABASE] = "a copy of the database, of everybody and all times, to "
                                    "restore the register from",
                [EXPORT_ROLL_CALL] = "who was in the house at that moment",
                [LISTED_VENUE] = "what the house set, and its welcome: another station takes it "
                                 "from the top of a stick",
                [LISTED_KEY] = "the key that knows the badges, to restore the register with",
                [LISTED_README] = "this text",
                [LISTED_SUMS] = "to see that nothing is damaged",
            },
        .changed =
            {
                [EXPORT_PEOPLE] = "the people who are new, changed or gone",
                [EXPORT_JOURNAL] = "the journal since last time, of everybody; by itself it does "
                                   "not restore the register",
            },
        .of_days =
            {
                [EXPORT_PEOPLE] = "the people who were there in these days",
            },
        .of_one =
            {
                [EXPORT_PEOPLE] = "the people who were there for it",
            },
        .whole = "Not only what was asked for: everybody and all times are in",
        .naming = "However the house counts, everybody is named in these files; hand on only the "
                  "tables:",
        .summed = "hours.csv has only what is still known one by one. Closed, erased or counted as "
                  "a number, and missing there:",
        .change = "The column \"change\" says what is new, changed or gone since last time.",
        .sealed = "Files ending in \".sealed\" open with the co-ordinator's key: perron open "
                  "FOLDER",
        .check = "To see that nothing is damaged: sha256sum -c SHA256SUMS",
    },
};

/* Cut, never overrun. */
static void PRINTF_LIKE(2, 3) add(char *text, const char *format, ...)
{
    va_list arguments;
    size_t used = strlen(text);
    va_start(arguments, format);
    vsnprintf(text + used, TEXT_BYTES - used, format, arguments);
    va_end(arguments);
}

/* --- what lies there --- */

/* As it is called there, whether it is sealed or not; a folder for all that is in it. */
static enum listed listed_of(const char *name, char out_name[NAME_BYTES])
{
    static const char *const more[LISTED_COUNT] = {
        [LISTED_KEY] = VENUE_KEY_NAME, [LISTED_README] = "README.txt", [LISTED_SUMS] = PARCEL_SUMS};
    size_t length = strlen(name), seal = strlen(SEAL_SUFFIX);
    int listed = 0;
    snprintf(out_name, NAME_BYTES, "%s", name);
    if (strncmp(name, VENUE_FILES_FOLDER "/", strlen(VENUE_FILES_FOLDER "/")) == 0) {
        snprintf(out_name, NAME_BYTES, VENUE_FILES_FOLDER "/");
        return LISTED_VENUE;
    }
    if (length > seal && strcmp(name + length - seal, SEAL_SUFFIX) == 0)
        length -= seal;
    for (; listed < LISTED_COUNT; listed++) {
        const char *called = listed < EXPORT_FILE_COUNT
                                 ? export_file_called((enum export_file)listed)
                                 : more[listed];
        if (called && strlen(called) == length && strncmp(called, name, length) == 0)
            break;
    }
    assert(listed < LISTED_COUNT); /* a file of ours that has no row */
    return (enum listed)listed;
}

static const char *meaning_of(const struct export *export, const struct said *said,
                              enum listed listed)
{
    const char *text = NULL;
    if (export_is_of_changes(export))
        text = said->changed[listed];
    else if (!fact_id_is_none(export->job->choice.organisation))
        text = said->of_one[listed];
    else if (export->job->choice.span == EXPORT_PERIOD)
        text = said->of_days[listed];
    return text ? text : said->files[listed];
}

static void add_line(char *text, const struct export *export, const struct said *said,
                     const char *name)
{
    char called[NAME_BYTES];
    enum listed listed = listed_of(name, called);
    add(text, "  %-22s %s" LINE_END, called, meaning_of(export, said, listed));
}

static void add_list(char *text, const struct export *export, const struct said *said)
{
    const char *name;
    bool is_venue_told = false;
    for (size_t i = 0; (name = parcel_file_at(export->parcel, i)); i++) {
        char called[NAME_BYTES];
        bool is_venue = listed_of(name, called) == LISTED_VENUE;
        if (!is_venue || !is_venue_told)
            add_line(text, export, said, name);
        is_venue_told |= is_venue;
    }
    add_line(text, export, said, "README.txt");
    add_line(text, export, said, PARCEL_SUMS);
    add(text, LINE_END);
}

/* --- what it is of --- */

static void add_extent(char *text, const struct export *export, const struct said *said)
{
    char days[EXPORT_DAYS_BYTES];
    export_write_days(export, days);
    add(text, "%s%s%s" LINE_END,
        export_is_of_changes(export)                ? said->changes
        : export->job->choice.span == EXPORT_PERIOD ? said->days
                                                    : said->everything,
        days[0] ? said->colon : "", days);
    if (!fact_id_is_none(export->job->choice.organisation))
        add(text, "%s%s%s" LINE_END, said->organisation, said->colon,
            export->organisation[0] ? export->organisation : said->house);
    add(text, LINE_END);
}

static void add_files(char *text, const char *sentence, unsigned files)
{
    char list[EXPORT_LIST_BYTES];
    export_list_files(files, list);
    if (list[0])
        add(text, "%s %s" LINE_END, sentence, list);
}

static void add_language(char *text, const struct export *export, const struct said *said,
                         int64_t summed_seconds)
{
    const unsigned csv = EXPORT_TABLES & ~(1u << EXPORT_WORKBOOK);
    add(text, "%s %s%s" LINE_END LINE_END, said->of, export->job->venue->name, said->about);
    add_extent(text, export, said);
    add_list(text, export, said);
    add_files(text, said->whole, export->result.whole);
    add_files(text, said->naming, export->result.naming);
    if (export->files & (1u << EXPORT_HOURS) && summed_seconds) {
        char length[DURATION_BYTES];
        duration_write_clock(summed_seconds, length);
        add(text, "%s %s" LINE_END, said->summed, length);
    }
    if (export->source.since && export->files & csv)
        add(text, "%s" LINE_END, said->change);
    if (export->job->choice.seal)
        add(text, "%s" LINE_END, said->sealed);
    add(text, "%s" LINE_END LINE_END LINE_END, said->check);
}

/* Changes are no sums. */
static enum rc find_summed(struct export *export, int64_t *out_seconds)
{
    *out_seconds = 0;
    if (export->source.since || !(export->files & (1u << EXPORT_HOURS)))
        return RC_OK;
    enum rc rc = register_summed_seconds(&export->source, out_seconds);
    if (rc) {
        reason_set(export->reason, SAID("the register could not be read: %s"), rc_text(rc));
        reason_mark(export->reason, 0);
    }
    return rc;
}

enum rc export_write_readme(struct export *export)
{
    char text[TEXT_BYTES] = "\xef\xbb\xbf"; /* so that Notepad reads UTF-8 */
    struct sink sink;
    int64_t summed_seconds;
    enum rc rc = find_summed(export, &summed_seconds);
    if (rc)
        return rc;
    for (size_t i = 0; i < sizeof languages / sizeof languages[0]; i++)
        add_language(text, export, &languages[i], summed_seconds);
    rc = parcel_open_plain(export->parcel, "README.txt", &sink);
    if (!rc)
        rc = sink_write(&sink, text, strlen(text));
    enum rc closed = parcel_close_file(export->parcel);
    return rc ? rc : closed;
}
