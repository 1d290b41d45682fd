/* The builds of a model's kernel that this machine's program holds, the widest first, and plain ones
 * last for every width that the CPU's registers do not have. NLC_KERNELS(nlc) defines
 * nlc_model_nlc_kernels. */
#ifndef NLC_MODELS_KERNELS_H
#define NLC_MODELS_KERNELS_H

#include "nlcsim.h"

#if defined(__wasm_simd128__)
#define NLC_KERNELS(model) \
    extern const nlc_kernel nlc_kernel_##model##_simd128; \
    const nlc_kernel *const nlc_model_##model##_kernels[] = {&nlc_kernel_##model##_simd128, NULL};
#elif defined(__x86_64__)
#define NLC_KERNELS(model) \
    extern const nlc_kernel nlc_kernel_##model##_plain4, nlc_kernel_##model##_plain8, nlc_kernel_##model##_plain16; \
    extern const nlc_kernel nlc_kernel_##model##_sse2, nlc_kernel_##model##_avx2, nlc_kernel_##model##_avx512; \
    const nlc_kernel *const nlc_model_##model##_kernels[] = {&nlc_kernel_##model##_avx512, \
                                                             &nlc_kernel_##model##_avx2, \
                                                             &nlc_kernel_##model##_sse2, \
                                                             &nlc_kernel_##model##_plain8, \
                                                             &nlc_kernel_##model##_plain4, \
                                                             &nlc_kernel_##model##_plain16, \
                                                             NULL};
#else
#define NLC_KERNELS(model) \
    extern const nlc_kernel nlc_kernel_##model##_plain4, nlc_kernel_##model##_plain8, nlc_kernel_##model##_plain16; \
    const nlc_kernel *const nlc_model_##model##_kernels[] = {&nlc_kernel_##model##_plain8, &nlc_kernel_##model##_plain4, \
                                                             &nlc_kernel_##model##_plain16, NULL};
#endif

#endif
