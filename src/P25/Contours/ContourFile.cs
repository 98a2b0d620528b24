namespace P25.Contours;

/// <summary><c>deploy/contours.yaml</c> as it is written. <see cref="ContourReader"/> checks it and makes <see cref="ContourSet"/> of it.</summary>
internal sealed class ContourFile
{
    /// <summary>Folder of the chart, from the repository's root.</summary>
    public string? Chart { get; set; }

    /// <summary>Name of the Helm release in every contour.</summary>
    public string? Release { get; set; }

    /// <summary>The branch whose pushes are deployed. Default: main.</summary>
    public string MainBranch { get; set; } = "main";

    /// <summary>Folder of the migrations. Their names say which of them older releases cannot run on.</summary>
    public string? Migrations { get; set; }

    /// <summary>Program that builds and pushes the images.</summary>
    public string? Build { get; set; }

    /// <summary>Files and folders that the images and the chart are made of.</summary>
    public List<string> Content { get; set; } = [];

    /// <summary>How events reach the hub; absent: they are only in the ledger.</summary>
    public EventsFile? Events { get; set; }

    public Dictionary<string, ContourEntry> Contours { get; set; } = [];
}

/// <summary>How events reach the hub.</summary>
internal sealed class EventsFile
{
    /// <summary>The Deployment in which the command runs.</summary>
    public string? Deployment { get; set; }

    /// <summary>The command, before type, subject and data.</summary>
    public List<string> Command { get; set; } = [];
}

/// <summary>One contour as it is written.</summary>
internal sealed class ContourEntry
{
    public string? Namespace { get; set; }

    /// <summary>Files of values, later ones over earlier ones.</summary>
    public List<string> Values { get; set; } = [];

    /// <summary>main, beta or release.</summary>
    public string? Refs { get; set; }

    /// <summary>automatic, workflow or approval.</summary>
    public string? Gate { get; set; }

    /// <summary>automatic, workflow or manual.</summary>
    public string? Rollback { get; set; }

    /// <summary>The contour in which the same digests must have been verified.</summary>
    public string? From { get; set; }

    public ApprovalEntry? Approval { get; set; }

    /// <summary>How long Helm waits for everything to be ready. Default: 5m.</summary>
    public string Timeout { get; set; } = "5m";

    /// <summary>How long a lock lives without being renewed. Default: 30s.</summary>
    public string Lock { get; set; } = "30s";

    /// <summary>Public address.</summary>
    public string? Url { get; set; }

    public VerifyEntry Verify { get; set; } = new();

    /// <summary>Address of Alertmanager, which is silenced while a release is rolled out; absent: it is not. P25_ALERTMANAGER overrides it.</summary>
    public string? Alertmanager { get; set; }

    /// <summary>Secrets by name, for <c>p25 secrets init</c>.</summary>
    public Dictionary<string, Dictionary<string, string>> Secrets { get; set; } = [];
}

/// <summary>What an approval must be.</summary>
internal sealed class ApprovalEntry
{
    /// <summary>Whether somebody else than who deploys must give it. Default: true.</summary>
    public bool OtherThanActor { get; set; } = true;

    /// <summary>How long it holds. Default: 24h.</summary>
    public string ValidFor { get; set; } = "24h";

    /// <summary>Who may give it. Default: everybody who can write to the contour's ledger.</summary>
    public List<string> By { get; set; } = [];
}

/// <summary>What a release must show after it was rolled out.</summary>
internal sealed class VerifyEntry
{
    /// <summary>Paths that must answer 2xx; the first one is asked until it does.</summary>
    public List<string> Paths { get; set; } = ["/"];

    /// <summary>How long the paths are asked again and again. Default: 30s.</summary>
    public string Window { get; set; } = "30s";

    /// <summary>The share of failed answers that is still allowed, of p25's own requests and by Prometheus. Default: 0.01.</summary>
    public double ErrorRatio { get; set; } = 0.01;

    /// <summary>How many times the p95 latency before the deploy is still allowed. Default: 1.5.</summary>
    public double LatencyFactor { get; set; } = 1.5;

    /// <summary>Path that tells the version; the answer must hold the release's commit. Absent: not asked.</summary>
    public string? VersionPath { get; set; }

    /// <summary>Path to which a private result is submitted, and deleted again. Absent: none is.</summary>
    public string? Smoke { get; set; }

    /// <summary>SECRET/KEY of the key with which p25 is let in, where the contour is not open to everybody. P25_ACCESS_KEY overrides it.</summary>
    public string? AccessKey { get; set; }

    /// <summary>Address of Prometheus; absent: not asked. P25_PROMETHEUS overrides it.</summary>
    public string? Prometheus { get; set; }
}
