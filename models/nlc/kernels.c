/* The builds of the kernel that this machine's program holds, the widest first, and plain ones last
 * for every width that the CPU's registers do not have. */
#include "nlc.h"

extern const nlc_kernel nlc_kernel_plain4, nlc_kernel_plain8, nlc_kernel_plain16;
#if defined(__x86_64__)
extern const nlc_kernel nlc_kernel_sse2, nlc_kernel_avx2, nlc_kernel_avx512;
#elif defined(__wasm_simd128__)
extern const nlc_kernel nlc_kernel_simd128;
#endif

const nlc_kernel *const nlc_model_nlc_kernels[] = {
#if defined(__x86_64__)
    &nlc_kernel_avx512,
    &nlc_kernel_avx2,
    &nlc_kernel_sse2,
#elif defined(__wasm_simd128__)
    &nlc_kernel_simd128,
#endif
#if !defined(__wasm_simd128__)
    &nlc_kernel_plain8,
    &nlc_kernel_plain4,
    &nlc_kernel_plain16,
#endif
    NULL,
};
