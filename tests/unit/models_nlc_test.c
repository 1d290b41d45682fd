/* The kernel's own memory: where each array stands, and how much is asked for. */
#define NLC_LANES 4
#include "nlc/scratch.h"
#include "suite.h"
#include "tiny.h"

#include <stdlib.h>

START_TEST(pieces_are_rounded_up)
{
    static const size_t sizes[][2] = {{0, 0}, {1, 64}, {63, 64}, {64, 64}, {65, 128}, {237, 256}};
    for (size_t k = 0; k < sizeof sizes / sizeof sizes[0]; k++) {
        char *base = NULL;
        size_t used = 128;
        ck_assert_uint_eq((uintptr_t)piece(base, &used, sizes[k][0]), 128);
        ck_assert_uint_eq(used, 128 + sizes[k][1]);
    }
}
END_TEST

/* Bytes from one array to the next: as many as it needs, and less than 64 more. */
static void expect_room(const void *from, const void *to, size_t size)
{
    size_t room = (size_t)((const char *)to - (const char *)from);
    ck_assert_uint_ge(room, size);
    ck_assert_uint_lt(room, size + 64);
    ck_assert_uint_eq((uintptr_t)from % 64, 0);
}

START_TEST(arrays_stand_one_behind_the_other)
{
    tiny self;
    tiny_read(&self, NULL);
    const nlc_resolved *s = &self.scenario;
    const size_t size = scratch_size(s), vector = NLC_LANES * sizeof(float);
    void *memory = aligned_alloc(64, size);
    size_t used;
    const scratch own = find_scratch(s, memory, &used);
    ck_assert_ptr_eq(own.derived, memory);
    expect_room(own.derived, own.plan, NUM_DERIVED * vector);
    expect_room(own.plan, own.country, s->num_schedules * NUM_PLAN * vector);
    expect_room(own.country, own.asked, s->num_countries * NUM_COUNTRY * vector);
    expect_room(own.asked, own.grants_end, s->num_classes * 2 * NUM_EVENT_KINDS * vector);
    expect_room(own.grants_end, own.flags, s->num_schedules * vector);
    expect_room(own.flags, own.security, s->num_schedules * sizeof(uint32_t));
    expect_room(own.security, own.adopting, s->num_countries * sizeof(float));
    expect_room(own.adopting, own.places, s->num_countries * sizeof(float));
    expect_room(own.places, own.pool_of, s->num_classes * 3 * sizeof(double));
    expect_room(own.pool_of, own.owner, s->num_nodes * sizeof(uint32_t));
    expect_room(own.owner, own.num_pools, s->num_nodes * sizeof(uint32_t));
    expect_room(own.num_pools, own.pool, sizeof(uint32_t));
    /* One province has children: one pool. */
    ck_assert_uint_eq((size_t)((char *)own.pool - (char *)memory), used);
    ck_assert_uint_eq(size, used + NUM_POOL * vector);
    free(memory);
    tiny_free(&self);
}
END_TEST

START_TEST(flags_are_bits_of_their_own)
{
    static const uint32_t flags[] = {FLAG_events, FLAG_support, FLAG_grant, FLAG_election, FLAG_deadline, FLAG_cohort};
    uint32_t all = 0;
    for (size_t k = 0; k < sizeof flags / sizeof flags[0]; k++) {
        ck_assert_uint_ne(flags[k], 0);
        ck_assert_uint_eq(flags[k] & (flags[k] - 1), 0);
        ck_assert_uint_eq(all & flags[k], 0);
        all |= flags[k];
    }
}
END_TEST

RUN_SUITE("the nlc model", pieces_are_rounded_up, arrays_stand_one_behind_the_other, flags_are_bits_of_their_own)
