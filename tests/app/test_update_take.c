/* A package from a folder that is not trusted: found, checked, copied whole or not at all. */
#include "app/update_take.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#define BYTES 1500
#define NAME "perron_0.2_amd64.deb"

static struct sign_public ours;
static struct sign_secret secret, other_secret;
static const struct update_here here = {"0.1.0", "amd64", false};
static char folder[64], stick[80], into[80];

static void shell(const char *format, ...) __attribute__((format(printf, 1, 2)));
static void shell(const char *format, ...)
{
    char line[1024];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    if (system(line) != 0)
        fail_msg("%s", line);
}

static void write_file(const char *name, const void *bytes, size_t length)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", stick, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, length, file), length);
    assert_int_equal(fclose(file), 0);
}

static void fill(char *bytes)
{
    for (int i = 0; i < BYTES; i++)
        bytes[i] = (char)(i * 31);
}

static void put(const char *name, const char *version, const char *architecture,
                const struct sign_secret *by)
{
    char bytes[BYTES], line[UPDATE_LINE_MAX], beside[200];
    struct update_claim claim = {.package = "perron", .bytes = BYTES};
    struct hash_sha256 hash;
    fill(bytes);
    hash_sha256_begin(&hash);
    hash_sha256_add(&hash, bytes, BYTES);
    hash_sha256_end(&hash, claim.sha256);
    snprintf(claim.version, sizeof claim.version, "%s", version);
    snprintf(claim.architecture, sizeof claim.architecture, "%s", architecture);
    assert_int_equal(update_claim_write(&claim, by, line), RC_OK);
    write_file(name, bytes, BYTES);
    snprintf(beside, sizeof beside, "%s.sig", name);
    write_file(beside, line, strlen(line));
}

static int set_up(void **state)
{
    struct sign_public other;
    (void)state;
    strcpy(folder, "/tmp/perron-take-XXXXXX");
    if (hash_init() || !mkdtemp(folder))
        return -1;
    snprintf(stick, sizeof stick, "%s/stick", folder);
    snprintf(into, sizeof into, "%s/into", folder);
    sign_make_keys(&ours, &secret);
    sign_make_keys(&other, &other_secret);
    return mkdir(stick, 0700) || mkdir(into, 0700);
}

static int tear_down(void **state)
{
    (void)state;
    shell("rm -rf %s", folder);
    return 0;
}

static enum update_why take(struct update_job *job)
{
    struct update_claim claim;
    struct reason detail = {.text = ""};
    return update_take(job, &claim, &detail);
}

static struct update_job job_of(const char *name)
{
    return (struct update_job){
        .from = stick, .name = name, .into = into, .key = &ours, .here = &here};
}

static void assert_nothing_taken(void)
{
    shell("test -z \"$(ls -A %s)\"", into);
}

/* --- what lies there --- */

static void the_newest_that_can_be_taken_is_found(void **state)
{
    struct update_found found;
    (void)state;
    assert_false(update_find(stick, &ours, &here, &found));
    put("perron_0.2_amd64.deb", "0.2", "amd64", &secret);
    put("perron_0.10_amd64.deb", "0.10", "amd64", &secret);
    put("perron_0.9_amd64.deb", "0.9", "amd64", &secret);
    put("perron_7.0_amd64.deb", "7.0", "amd64", &other_secret);
    put("perron_8.0_arm64.deb", "8.0", "arm64", &secret);
    put("perron_0.0_amd64.deb", "0.0", "amd64", &secret);
    put("other_9.0_amd64.deb", "9.0", "amd64", &secret);
    assert_true(update_find(stick, &ours, &here, &found));
    assert_string_equal(found.name, "perron_0.10_amd64.deb");
    assert_string_equal(found.folder, "");
    assert_int_equal(found.why, UPDATE_WHY_NONE);
    shell("mkdir %s/perron && mv %s/*.deb %s/*.sig %s/perron", stick, stick, stick, stick);
    assert_true(update_find(stick, &ours, &here, &found));
    assert_string_equal(found.folder, "perron");
    assert_string_equal(found.claim.version, "0.10");
    assert_true(update_find(stick, NULL, &here, &found));
    assert_int_equal(found.why, UPDATE_WHY_NO_KEY);
}

static void what_cannot_be_taken_is_found_with_its_reason(void **state)
{
    static const struct {
        const char *version, *architecture;
        bool is_other;
        enum update_why why;
    } rows[] = {
        {"0.1.0", "amd64", false, UPDATE_WHY_SAME},
        {"0.1.0~rc1", "amd64", false, UPDATE_WHY_OLDER},
        {"0.2", "arm64", false, UPDATE_WHY_ARCHITECTURE},
        {"0.2", "amd64", true, UPDATE_WHY_SIGNATURE},
    };
    struct update_found found;
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        put(NAME, rows[i].version, rows[i].architecture,
            rows[i].is_other ? &other_secret : &secret);
        assert_true(update_find(stick, &ours, &here, &found));
        assert_int_equal(found.why, rows[i].why);
        struct update_job job = job_of(NAME);
        assert_int_equal(take(&job), rows[i].why);
        assert_nothing_taken();
    }
}

/* A program says no more than 0.1.0, whatever Debian it was built for. */
static void any_package_of_the_program_runs_here_already(void **state)
{
    static const struct update_here program = {"0.1.0", "amd64", true};
    static const struct {
        const char *version;
        enum update_why why;
    } rows[] = {{"0.1.0", UPDATE_WHY_SAME},         {"0.1.0+deb13", UPDATE_WHY_SAME},
                {"0.1.0-2~deb12", UPDATE_WHY_SAME}, {"0.1.01+deb13", UPDATE_WHY_NONE},
                {"0.1.1+deb13", UPDATE_WHY_NONE},   {"0.1", UPDATE_WHY_OLDER},
                {"0.0.9+deb13", UPDATE_WHY_OLDER}};
    struct update_found found;
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        put(NAME, rows[i].version, "amd64", &secret);
        assert_true(update_find(stick, &ours, &program, &found));
        assert_int_equal(found.why, rows[i].why);
    }
    put(NAME, "0.1.0+deb13", "amd64", &secret);
    assert_true(update_find(stick, &ours, &here, &found));
    assert_int_equal(found.why, UPDATE_WHY_NONE); /* of a package, it is a newer one */
}

static void strange_names_and_links_do_no_harm(void **state)
{
    struct update_found found;
    char name[300] = "perron_";
    (void)state;
    memset(name + 7, 'x', 230);
    strcpy(name + 237, ".deb");
    write_file(name, "x", 1);
    write_file("perron_.deb", "x", 1);
    write_file("perron_1\n2.deb", "x", 1);
    shell("ln -s /etc %s/perron && mkdir %s/perron_3.deb && mkfifo %s/perron_4.deb.sig", stick,
          stick, stick);
    shell("ln -s /etc/passwd %s/perron_5.deb", stick);
    assert_true(update_find(stick, &ours, &here, &found));
    assert_int_equal(found.why, UPDATE_WHY_NO_FILE);
    assert_false(update_find("/nowhere/at/all", &ours, &here, &found));
}

/* --- taking it --- */

static void a_signed_package_is_taken_whole(void **state)
{
    struct update_job job = job_of(NAME);
    (void)state;
    put(NAME, "0.2", "amd64", &secret);
    assert_int_equal(take(&job), UPDATE_WHY_NONE);
    shell("cmp %s/" NAME " %s/new.deb && cmp %s/" NAME ".sig %s/new.deb.sig && "
          "test $(ls -A %s | wc -l) = 2",
          stick, into, stick, into, into);
    update_clear(into);
    assert_nothing_taken();
}

static void a_changed_byte_anywhere_in_the_package_is_noticed(void **state)
{
    struct update_job job = job_of(NAME);
    char bytes[BYTES];
    (void)state;
    put(NAME, "0.2", "amd64", &secret);
    fill(bytes);
    for (size_t i = 0; i < BYTES; i++) {
        bytes[i] ^= (char)(1 << i % 8);
        write_file(NAME, bytes, BYTES);
        if (take(&job) != UPDATE_WHY_FILE)
            fail_msg("byte %zu may be another", i);
        bytes[i] ^= (char)(1 << i % 8);
    }
    for (size_t length = 0; length < BYTES; length += 97) {
        write_file(NAME, bytes, length);
        assert_int_equal(take(&job), UPDATE_WHY_FILE);
    }
    assert_nothing_taken();
    write_file(NAME, bytes, BYTES); /* the control */
    assert_int_equal(take(&job), UPDATE_WHY_NONE);
}

static enum rc give_up(void *context, int64_t done, int64_t of)
{
    (void)context;
    assert_true(done <= of);
    return RC_GONE;
}

static void who_gives_up_leaves_nothing(void **state)
{
    struct update_job job = job_of(NAME);
    (void)state;
    put(NAME, "0.2", "amd64", &secret);
    job.tell = give_up;
    assert_int_equal(take(&job), UPDATE_WHY_GONE);
    assert_nothing_taken();
    job.tell = NULL;
    job.from = "/nowhere";
    assert_int_equal(take(&job), UPDATE_WHY_GONE);
    job.from = stick;
    job.into = "/nowhere";
    assert_int_equal(take(&job), UPDATE_WHY_STATION);
}

/* A file system of 8 KiB, where root may make one. */
static void a_full_disk_is_told_and_nothing_stays(void **state)
{
    struct update_job job = job_of("perron_0.3_amd64.deb");
    char line[UPDATE_LINE_MAX];
    struct update_claim claim = {
        .package = "perron", .version = "0.3", .architecture = "amd64", .bytes = 400000};
    (void)state;
    shell("head -c 400000 /dev/zero > %s/perron_0.3_amd64.deb", stick);
    assert_int_equal(update_claim_write(&claim, &secret, line), RC_OK);
    write_file("perron_0.3_amd64.deb.sig", line, strlen(line));
    char command[256];
    snprintf(command, sizeof command, "mount -t tmpfs -o size=64k none %s 2>/dev/null", into);
    if (system(command) != 0) {
        print_message("no file system could be mounted: skipped\n");
        return;
    }
    enum update_why why = take(&job);
    shell("test -z \"$(ls -A %s)\"; code=$?; umount %s; exit $code", into, into);
    assert_int_equal(why, UPDATE_WHY_FULL);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_newest_that_can_be_taken_is_found),
        TEST(what_cannot_be_taken_is_found_with_its_reason),
        TEST(strange_names_and_links_do_no_harm),
        TEST(a_signed_package_is_taken_whole),
        TEST(any_package_of_the_program_runs_here_already),
        TEST(a_changed_byte_anywhere_in_the_package_is_noticed),
        TEST(who_gives_up_leaves_nothing),
        TEST(a_full_disk_is_told_and_nothing_stays),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
