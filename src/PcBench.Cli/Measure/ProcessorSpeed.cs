using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace PcBench.Cli.Measure;

/// <summary>A quick look at how fast the calling thread's processor is, to tell cores of two kinds apart.</summary>
internal static class ProcessorSpeed
{
    private const int Steps = 200_000;
    private const int Tries = 10;

    private static ulong result;

    /// <summary>Dependent steps per second, the best of some tries.</summary>
    public static double Measure()
    {
        var best = 0.0;
        for (var i = 0; i < Tries; i++)
        {
            var start = Stopwatch.GetTimestamp();
            Volatile.Write(ref result, Chain((ulong)start));
            best = Math.Max(best, Steps / Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return best;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static ulong Chain(ulong x)
    {
        for (var i = 0; i < Steps; i++)
            x = (x ^ (x >> 7)) * 0x9E3779B97F4A7C15;
        return x;
    }
}
