package dev.countersign.programs;

import com.google.gson.JsonObject;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.function.Supplier;

/** CPU time of this thread per operation, once the compiler has seen it often enough. */
final class Cost {
    private static final int BATCHES = 15;
    private static final double BATCH_NANOSECONDS = 0.15e9;
    private static final int WARM_UP = 100_000;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** Keeps results from being optimized away. */
    private static volatile Object last;

    private Cost() {}

    static void print(Supplier<Object> sign) {
        batch(sign, WARM_UP);
        int count = Math.max(1, (int) (BATCH_NANOSECONDS / batch(sign, WARM_UP)));
        double[] costs = new double[BATCHES];
        Arrays.setAll(costs, number -> batch(sign, count));
        Arrays.sort(costs);
        JsonObject figures = new JsonObject();
        figures.addProperty("min", costs[0]);
        figures.addProperty("median", costs[BATCHES / 2]);
        JsonObject result = new JsonObject();
        result.add("sign_ns", figures);
        System.out.println(result);
    }

    private static double batch(Supplier<Object> sign, int count) {
        long start = THREADS.getCurrentThreadCpuTime();
        for (int number = 0; number < count; number++) {
            last = sign.get();
        }
        return (double) (THREADS.getCurrentThreadCpuTime() - start) / count;
    }
}
