/* The stages of a place, in order: one list for all models, so that `start_stage` in nodes.csv means the
 * same to each of them. Models that know less than these skip stages. */
#ifndef NLC_MODELS_STAGES_H
#define NLC_MODELS_STAGES_H

/* X(name) */
#define NLC_STAGES(X)        X(unaware) X(aware) X(engaged) X(drafting) X(adopted) X(functioning) X(dormant)
#define NLC_NAME_STAGE(name) STAGE_##name,
enum { NLC_STAGES(NLC_NAME_STAGE) NUM_STAGES };

#endif
