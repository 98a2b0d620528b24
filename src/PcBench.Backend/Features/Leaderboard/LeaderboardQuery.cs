using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;

namespace PcBench.Backend.Features.Leaderboard;

/// <summary>What may be asked of a leaderboard, as it stands in the address.</summary>
internal sealed record LeaderboardQuery(
    [property: FromQuery(Name = "board"), Description("A score (single, multi, memory, storage) or a workload's id. Default: single.")] string? Board,
    [property: FromQuery(Name = "vendor"), Description("CPU vendor, exactly: AMD.")] string? Vendor,
    [property: FromQuery(Name = "cpu"), Description("Id of a CPU model: amd-ryzen-9-7950x.")] string? Cpu,
    [property: FromQuery(Name = "cores"), Description("Physical cores: 8, or a range: 8-16.")] string? Cores,
    [property: FromQuery(Name = "os"), Description("linux, windows or macOs.")] string? Os,
    [property: FromQuery(Name = "virtual"), Description("true: only under a hypervisor; false: only on bare metal.")] string? Virtual,
    [property: FromQuery(Name = "since"), Description("Measured on this day or later, UTC: 2026-01-31.")] string? Since,
    [property: FromQuery(Name = "until"), Description("Measured on this day or earlier, UTC: 2026-01-31.")] string? Until,
    [property: FromQuery(Name = "limit"), Description("Rows, 1 to 100. Default: 50.")] string? Limit,
    [property: FromQuery(Name = "after"), Description("The next of the page before.")] string? After);
