#include "firmware/linux/packages.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/magic.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define LOOK_MS 250

/* Nothing of whoever started it but what dpkg needs; maintainer scripts ask nobody anything. */
static const char *const environment[] = {"PATH=/usr/sbin:/usr/bin:/sbin:/bin",
                                          "DEBIAN_FRONTEND=noninteractive",
                                          "LC_ALL=C.UTF-8",
                                          "DPKG_FRONTEND_LOCKED=1",
                                          "HOME=/root",
                                          NULL};
static const char *const environment_beneath[] = {"PATH=/usr/sbin:/usr/bin:/sbin:/bin",
                                                  "DEBIAN_FRONTEND=noninteractive",
                                                  "LC_ALL=C.UTF-8",
                                                  "DPKG_FRONTEND_LOCKED=1",
                                                  "HOME=/root",
                                                  "SYSTEMD_OFFLINE=1",
                                                  NULL};

static bool is_beneath(const char *root)
{
    return strcmp(root, "/") != 0;
}

/* --- running a program --- */

static enum rc spawn(const char *const *arguments, const char *const *environ_of, int out_fd,
                     pid_t *out_pid)
{
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    int failed = posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    if (!failed)
        failed = posix_spawn_file_actions_adddup2(&files, out_fd, STDOUT_FILENO);
    if (!failed)
        failed = posix_spawn_file_actions_adddup2(&files, out_fd, STDERR_FILENO);
    if (!failed)
        failed = posix_spawn_file_actions_addclosefrom_np(&files, STDERR_FILENO + 1);
    if (!failed)
        failed = posix_spawnp(out_pid, arguments[0], &files, NULL, (char *const *)arguments,
                              (char *const *)environ_of);
    posix_spawn_file_actions_destroy(&files);
    return rc_from_errno(failed);
}

static void drain(int fd, char *out_text, size_t size)
{
    char rest[512];
    size_t used = 0;
    ssize_t count;
    while ((count = used + 1 < size ? read(fd, out_text + used, size - 1 - used)
                                    : read(fd, rest, sizeof rest)) != 0) {
        if (count < 0 && errno != EINTR)
            break;
        if (count > 0 && used + 1 < size)
            used += (size_t)count;
    }
    out_text[used] = 0;
}

/* Exit code, or below 0; what it said, cut at `size`. */
static int run(const char *const *arguments, const char *const *environ_of, char *out_text,
               size_t size)
{
    int ends[2], status = -1;
    pid_t pid;
    out_text[0] = 0;
    if (pipe2(ends, O_CLOEXEC))
        return -1;
    enum rc rc = spawn(arguments, environ_of, ends[1], &pid);
    close(ends[1]);
    if (!rc) {
        drain(ends[0], out_text, size);
        while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
            ;
    }
    close(ends[0]);
    return rc || !WIFEXITED(status) ? -1 : WEXITSTATUS(status);
}

static void cut_line(char *text)
{
    text[strcspn(text, "\r\n")] = 0;
}

/* The last line that says something: dpkg's is the one that counts. */
static const char *last_line(char *text)
{
    size_t length = strlen(text);
    while (length && (text[length - 1] == '\n' || text[length - 1] == ' '))
        text[--length] = 0;
    char *line = strrchr(text, '\n');
    return line ? line + 1 : text;
}

/* --- what is there --- */

/* Its fields stand at the beginning, so they can be read of half a package, too. */
static bool is_whole(const char *path)
{
    char said[512];
    const char *const arguments[] = {"dpkg-deb", "--fsys-tarfile", "--", path, NULL};
    return run(arguments, environment, said, sizeof said) == 0;
}

enum rc packages_read(const char *path, struct packages_fields *out_fields,
                      struct reason *out_reason)
{
    struct packages_fields fields = {.package = ""};
    char said[1024];
    const char *const arguments[] = {
        "dpkg-deb", "--showformat=${Package}\n${Version}\n${Architecture}\n", "--show", "--", path,
        NULL};
    int code = run(arguments, environment, said, sizeof said);
    if (code < 0) {
        reason_set(out_reason, "dpkg-deb is not on this computer, or cannot be started");
        return RC_UNSUPPORTED;
    }
    if (code || sscanf(said, "%63[^\n]\n%63[^\n]\n%31[^\n]\n", fields.package, fields.version,
                       fields.architecture) != 3) {
        reason_set(out_reason, "%s is no Debian package: %s", path, last_line(said));
        return RC_BAD_INPUT;
    }
    if (!is_whole(path)) {
        reason_set(out_reason, "%s is damaged, or not whole: copy it there again", path);
        return RC_BAD_INPUT;
    }
    *out_fields = fields;
    return RC_OK;
}

const char *packages_root(void)
{
    struct statfs root, beneath;
    bool is_overlay = !statfs("/", &root) && root.f_type == OVERLAYFS_SUPER_MAGIC;
    bool has_beneath =
        !statfs(PACKAGES_BENEATH "/usr", &beneath) && beneath.f_type != OVERLAYFS_SUPER_MAGIC;
    return is_overlay && has_beneath ? PACKAGES_BENEATH : "/";
}

/* dpkg-query(1): the second letter. */
#define WHOLE "i"
#define BEGUN "HUFWt"

enum rc packages_version(const char *root, const char *package, char *out_version, size_t size,
                         bool *out_is_whole, struct reason *out_reason)
{
    char said[512], folder[PATH_MAX + 32], state[32] = "", version[64] = "";
    snprintf(folder, sizeof folder, "--admindir=%s/var/lib/dpkg", is_beneath(root) ? root : "");
    const char *const arguments[] = {
        "dpkg-query", folder,  "--showformat=${db:Status-Abbrev}|${Version}\n",
        "--show",     package, NULL};
    int code = run(arguments, environment, said, sizeof said);
    bool is_known = !code && sscanf(said, "%31[^|]|%63[^\n]", state, version) == 2 && state[1];
    bool is_whole = is_known && strchr(WHOLE, state[1]);
    if (!is_whole && !(is_known && out_is_whole && strchr(BEGUN, state[1]))) {
        reason_set(out_reason, "the package %s is not installed, or only half", package);
        return RC_NOT_FOUND;
    }
    snprintf(out_version, size, "%s", version);
    if (out_is_whole)
        *out_is_whole = is_whole;
    return RC_OK;
}

/* --- changing it --- */

static bool is_mount(const char *path)
{
    struct stat here, above;
    char parent[PATH_MAX];
    snprintf(parent, sizeof parent, "%s/..", path);
    return !stat(path, &here) && !stat(parent, &above) && here.st_dev != above.st_dev;
}

/* Maintainer scripts find devices and processes there, and make no files in their place. */
static const char *const bound[] = {"/dev", "/proc", "/sys"};

static enum rc open_root(const char *root, struct reason *out_reason)
{
    char path[PATH_MAX];
    if (!is_beneath(root) || !is_mount(root))
        return RC_OK;
    if (mount(NULL, root, NULL, MS_REMOUNT, NULL)) {
        enum rc rc = rc_from_errno(errno);
        reason_set(out_reason, "%s cannot be made writable: %s", root, strerror(errno));
        return rc;
    }
    for (size_t i = 0; i < sizeof bound / sizeof bound[0]; i++) {
        snprintf(path, sizeof path, "%s%s", root, bound[i]);
        (void)mount(bound[i], path, NULL, MS_BIND, NULL);
    }
    return RC_OK;
}

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_BOOTTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* 0, or an errno: EBUSY where another program has it until then. */
static int hold(const char *path, int64_t end_ms, int *out_fd)
{
    struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0640);
    int failed = fd < 0 ? errno : 0;
    while (!failed && fcntl(fd, F_SETLK, &whole)) {
        bool is_held = errno == EACCES || errno == EAGAIN;
        if (!is_held || now_ms() >= end_ms)
            failed = is_held ? EBUSY : errno;
        else
            usleep(LOOK_MS * 1000);
    }
    if (!failed)
        *out_fd = fd;
    else if (fd >= 0)
        close(fd);
    return failed;
}

/* apt holds the first one from its beginning to its end, also between one dpkg and the next; dpkg
 * takes the second one by itself, and one whose parent was killed has it until it is gone, too. */
static enum rc lock(const char *root, int wait_ms, int *out_lock, struct reason *out_reason)
{
    static const char *const names[] = {"lock-frontend", "lock"};
    char path[PATH_MAX];
    int fds[] = {-1, -1}, failed = 0;
    int64_t end_ms = now_ms() + wait_ms;
    for (int i = 0; !failed && i < 2; i++) {
        snprintf(path, sizeof path, "%s/var/lib/dpkg/%s", is_beneath(root) ? root : "", names[i]);
        failed = hold(path, end_ms, &fds[i]);
    }
    if (fds[1] >= 0)
        close(fds[1]);
    if (!failed) {
        *out_lock = fds[0];
        return RC_OK;
    }
    if (fds[0] >= 0)
        close(fds[0]);
    reason_set(out_reason,
               failed == EBUSY ? "another program installs packages, and holds %s"
                               : "%s cannot be locked",
               path);
    return rc_from_errno(failed);
}

enum rc packages_begin(const char *root, int wait_ms, int *out_lock, struct reason *out_reason)
{
    *out_lock = -1;
    enum rc rc = open_root(root, out_reason);
    return rc ? rc : lock(root, wait_ms, out_lock, out_reason);
}

void packages_end(const char *root, int lock)
{
    char path[PATH_MAX];
    if (lock >= 0)
        close(lock);
    sync();
    if (!is_beneath(root) || !is_mount(root))
        return;
    for (size_t i = sizeof bound / sizeof bound[0]; i-- > 0;) {
        snprintf(path, sizeof path, "%s%s", root, bound[i]);
        (void)umount2(path, MNT_DETACH);
    }
    (void)mount(NULL, root, NULL, MS_REMOUNT | MS_RDONLY, NULL); /* the restart does it, too */
}

enum rc packages_install(const char *root, const char *path, struct reason *out_reason)
{
    char said[8192], folder[PATH_MAX + 8];
    const char *arguments[10] = {"dpkg"};
    int count = 1;
    snprintf(folder, sizeof folder, "--root=%s", root);
    if (is_beneath(root))
        arguments[count++] = folder;
    if (geteuid() != 0)
        arguments[count++] = "--force-not-root";
    arguments[count++] = "--force-confdef"; /* a file of the house's own stays */
    arguments[count++] = "--force-confold";
    arguments[count++] = "--force-downgrade";
    arguments[count++] = "--install";
    arguments[count++] = path;
    int code =
        run(arguments, is_beneath(root) ? environment_beneath : environment, said, sizeof said);
    sync();
    if (code == 0)
        return RC_OK;
    if (code < 0)
        reason_set(out_reason, "dpkg is not on this computer, or cannot be started");
    else
        reason_set(out_reason, "dpkg did not install it: %.250s", last_line(said));
    return code < 0 ? RC_UNSUPPORTED : RC_REFUSED;
}

enum rc packages_ask(const char *root, const char *program, const char *argument, char *out_line,
                     size_t size)
{
    char said[512];
    const char *const plain[] = {program, argument, NULL};
    const char *const beneath[] = {"chroot", root, program, argument, NULL};
    int code = run(is_beneath(root) ? beneath : plain, environment, said, sizeof said);
    if (code)
        return RC_REFUSED;
    cut_line(said);
    snprintf(out_line, size, "%s", said);
    return RC_OK;
}

bool packages_is_active(const char *unit)
{
    char said[64];
    const char *const arguments[] = {"systemctl", "--quiet", "is-active", unit, NULL};
    return run(arguments, environment, said, sizeof said) == 0;
}

enum rc packages_restart_computer(void)
{
    char said[256];
    const char *const arguments[] = {"systemctl", "--no-block", "reboot", NULL};
    return run(arguments, environment, said, sizeof said) == 0 ? RC_OK : RC_UNSUPPORTED;
}
