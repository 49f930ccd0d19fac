#include "tests/support/fault_shm.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#define REGIONS_MAX 256

struct fault_shm {
    char path[512];
    void *regions[REGIONS_MAX];
    int users;
    int shared[SQLITE_SHM_NLOCK]; /* how many hold it */
    bool exclusive[SQLITE_SHM_NLOCK];
    struct fault_shm *next;
};

static struct fault_shm *all;

static struct fault_shm *find(const char *path)
{
    struct fault_shm *shm = all;
    while (shm && strcmp(shm->path, path) != 0)
        shm = shm->next;
    return shm;
}

static struct fault_shm *make(const char *path)
{
    struct fault_shm *shm = find(path);
    if (shm)
        return shm;
    shm = calloc(1, sizeof *shm);
    if (!shm)
        return NULL;
    strncpy(shm->path, path, sizeof shm->path - 1);
    shm->next = all;
    all = shm;
    return shm;
}

bool fault_shm_has(const char *path, int region)
{
    const struct fault_shm *shm = find(path);
    return shm && region < REGIONS_MAX && shm->regions[region];
}

int fault_shm_map(struct fault_shm_user *user, const char *path, int region, size_t size,
                  bool is_extending, void volatile **out_memory)
{
    if (!user->shm) {
        user->shm = make(path);
        if (!user->shm)
            return SQLITE_NOMEM;
        user->shm->users++;
    }
    if (region >= REGIONS_MAX)
        return SQLITE_IOERR_SHMSIZE;
    void **memory = &user->shm->regions[region];
    if (!*memory && is_extending && !(*memory = calloc(1, size)))
        return SQLITE_NOMEM;
    *out_memory = *memory;
    return SQLITE_OK;
}

static bool is_free(const struct fault_shm_user *user, int place, bool is_for_one)
{
    const struct fault_shm *shm = user->shm;
    unsigned bit = 1u << place;
    if (shm->exclusive[place] && !(user->exclusive & bit))
        return false;
    return !is_for_one || shm->shared[place] == ((user->shared & bit) ? 1 : 0);
}

static void let_go(struct fault_shm_user *user, int place)
{
    unsigned bit = 1u << place;
    if (user->shared & bit)
        user->shm->shared[place]--;
    if (user->exclusive & bit)
        user->shm->exclusive[place] = false;
    user->shared &= ~bit;
    user->exclusive &= ~bit;
}

static void take(struct fault_shm_user *user, int place, bool is_for_one)
{
    unsigned bit = 1u << place;
    if (is_for_one) {
        user->shm->exclusive[place] = true;
        user->exclusive |= bit;
    } else if (!(user->shared & bit)) {
        user->shm->shared[place]++;
        user->shared |= bit;
    }
}

int fault_shm_lock(struct fault_shm_user *user, int first, int count, int flags)
{
    bool is_for_one = (flags & SQLITE_SHM_EXCLUSIVE) != 0;
    for (int i = first; (flags & SQLITE_SHM_LOCK) && i < first + count; i++)
        if (!is_free(user, i, is_for_one))
            return SQLITE_BUSY;
    for (int i = first; i < first + count; i++) {
        if (flags & SQLITE_SHM_LOCK)
            take(user, i, is_for_one);
        else
            let_go(user, i);
    }
    return SQLITE_OK;
}

void fault_shm_leave(struct fault_shm_user *user)
{
    struct fault_shm *shm = user->shm;
    if (!shm)
        return;
    for (int i = 0; i < SQLITE_SHM_NLOCK; i++)
        let_go(user, i);
    *user = (struct fault_shm_user){.shm = NULL};
    if (--shm->users > 0)
        return;
    struct fault_shm **at = &all;
    while (*at != shm)
        at = &(*at)->next;
    *at = shm->next;
    for (int i = 0; i < REGIONS_MAX; i++)
        free(shm->regions[i]);
    free(shm);
}
