using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace PcBench.Cli.Machine.Cpu;

/// <summary>
/// The clock under one thread's load. What the operating system calls the clock is often the rate of a counter, so it is
/// measured: each operation of a chain waits for the one before, and takes a whole number of cycles.
/// </summary>
internal static class ClockProbe
{
    private const int Unrolled = 16;
    private const int Loops = 20_000;
    private const int QuickTries = 3;

    /// <summary>Long enough for a processor that saves power to raise its clock.</summary>
    private static readonly TimeSpan Duration = TimeSpan.FromMilliseconds(150);

    /// <summary>The clock in MHz; null where the two chains do not agree, as in code that is not optimised. Takes 0.15 s.</summary>
    public static double? MeasureMhz()
    {
        // An operand that the compiler could know would let it fold the chain away.
        var operand = (ulong)Environment.TickCount64 | 1;
        var adds = 0.0;
        var multiplies = 0.0;
        var start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < Duration)
        {
            adds = Math.Max(adds, Rate(Add, operand));
            multiplies = Math.Max(multiplies, Rate(Multiply, operand));
        }

        return FromRates(adds, multiplies);
    }

    /// <summary>The clock in MHz in under 2 ms, for a thread that has been working; null where the two chains do not agree.</summary>
    public static double? LookAtMhz()
    {
        var operand = (ulong)Environment.TickCount64 | 1;
        var (adds, multiplies) = (0.0, 0.0);
        for (var i = 0; i < QuickTries; i++)
            (adds, multiplies) = (Math.Max(adds, Rate(Add, operand)), Math.Max(multiplies, Rate(Multiply, operand)));
        return FromRates(adds, multiplies);
    }

    /// <summary>
    /// The clock in MHz from what was measured. An addition takes one cycle, a multiplication 2 to 6 of them by
    /// processor, so the ratio must be near a whole number; the longer chain hides the loop around it and gives the figure.
    /// </summary>
    /// <param name="addsPerSecond">Dependent additions in a second.</param>
    /// <param name="multipliesPerSecond">Dependent multiplications in a second.</param>
    public static double? FromRates(double addsPerSecond, double multipliesPerSecond)
    {
        var ratio = addsPerSecond / multipliesPerSecond;
        if (!double.IsFinite(ratio))
            return null;
        var cycles = Math.Round(ratio);
        var agree = cycles is >= 2 and <= 6 && Math.Abs((ratio / cycles) - 1) <= 0.05;
        var mhz = multipliesPerSecond * cycles / 1e6;
        return agree && mhz is >= 500 and <= 7_000 ? Math.Round(mhz) : null;
    }

    private static double Rate(Func<ulong, ulong> chain, ulong operand)
    {
        var start = Stopwatch.GetTimestamp();
        var end = chain(operand);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        GC.KeepAlive(end);
        return Loops * Unrolled / seconds;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static ulong Add(ulong operand)
    {
        var x = operand;
        for (var i = 0; i < Loops; i++)
        {
            x += operand; x += operand; x += operand; x += operand;
            x += operand; x += operand; x += operand; x += operand;
            x += operand; x += operand; x += operand; x += operand;
            x += operand; x += operand; x += operand; x += operand;
        }

        return x;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static ulong Multiply(ulong operand)
    {
        var x = operand;
        for (var i = 0; i < Loops; i++)
        {
            x *= operand; x *= operand; x *= operand; x *= operand;
            x *= operand; x *= operand; x *= operand; x *= operand;
            x *= operand; x *= operand; x *= operand; x *= operand;
            x *= operand; x *= operand; x *= operand; x *= operand;
        }

        return x;
    }
}
