using System.Data.Common;
using Npgsql;

namespace PcBench.Platform.Data;

/// <summary>Connections to PostgreSQL.</summary>
public static class PostgresSource
{
    /// <summary>Opens nothing yet. Where several hosts are named, connections go to the one that is the primary now.</summary>
    /// <param name="connectionString">What is not in it gets a value that fits a service of several replicas.</param>
    public static DbDataSource Create(string connectionString)
    {
        var given = new NpgsqlConnectionStringBuilder(connectionString);
        SetWhereAbsent("Application Name", () => given.ApplicationName = "pcbench");
        SetWhereAbsent("Maximum Pool Size", () => given.MaxPoolSize = 12); // 7 replicas stay under PostgreSQL's usual 100
        SetWhereAbsent("Timeout", () => given.Timeout = 5);
        SetWhereAbsent("Command Timeout", () => given.CommandTimeout = 30);
        SetWhereAbsent("Keepalive", () => given.KeepAlive = 10); // a host that vanished is noticed
        SetWhereAbsent("Max Auto Prepare", () => given.MaxAutoPrepare = 60);
        SetWhereAbsent("Host Recheck Seconds", () => given.HostRecheckSeconds = 1); // a failover is followed at once
        SetWhereAbsent("No Reset On Close", () => given.NoResetOnClose = true); // nothing here changes the session's state

        // Otherwise figures and spans name the connection string. Several hosts are several pools and must be told apart.
        var builder = new NpgsqlDataSourceBuilder(given.ConnectionString);
        if (given.Host!.Contains(',', StringComparison.Ordinal))
            return builder.BuildMultiHost().WithTargetSession(TargetSessionAttributes.Primary);
        builder.Name = given.ApplicationName;
        return builder.Build();

        void SetWhereAbsent(string key, Action set)
        {
            if (!given.ShouldSerialize(key))
                set();
        }
    }
}
