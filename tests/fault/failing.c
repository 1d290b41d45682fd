/* Linked over the program with --wrap: the allocation numbered NLCSIM_FAIL_ALLOCATION, from 0, fails,
 * and so does every later one if NLCSIM_FAIL_ALL is set. The file NLCSIM_FAILED is made then. */
#include <fcntl.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <unistd.h>

void *__real_malloc(size_t size);
void *__real_calloc(size_t num, size_t size);
void *__real_realloc(void *memory, size_t size);
void *__real_aligned_alloc(size_t alignment, size_t size);
char *__real_strdup(const char *text);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t num, size_t size);
void *__wrap_realloc(void *memory, size_t size);
void *__wrap_aligned_alloc(size_t alignment, size_t size);
char *__wrap_strdup(const char *text);

static void tell(void)
{
    const char *path = getenv("NLCSIM_FAILED");
    if (path)
        close(open(path, O_WRONLY | O_CREAT, 0666));
}

static bool fails(void)
{
    static atomic_long count;
    const char *wanted = getenv("NLCSIM_FAIL_ALLOCATION");
    if (!wanted)
        return false;
    long at = atomic_fetch_add(&count, 1), failing = atol(wanted);
    const bool failed = at == failing || (at > failing && getenv("NLCSIM_FAIL_ALL"));
    if (failed)
        tell();
    return failed;
}

void *__wrap_malloc(size_t size)
{
    return fails() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t num, size_t size)
{
    return fails() ? NULL : __real_calloc(num, size);
}

void *__wrap_realloc(void *memory, size_t size)
{
    return fails() ? NULL : __real_realloc(memory, size);
}

void *__wrap_aligned_alloc(size_t alignment, size_t size)
{
    return fails() ? NULL : __real_aligned_alloc(alignment, size);
}

char *__wrap_strdup(const char *text)
{
    return fails() ? NULL : __real_strdup(text);
}
