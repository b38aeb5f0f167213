using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Gateway.Hosting;

/// <summary>
/// Default log levels; <c>Logging:LogLevel</c> in the configuration overrides them. Two kinds of categories are off: those that log whole
/// exceptions of our handlers, since these may quote paths and values, and those that log failed SQL commands, transactions and
/// connections, since our code decides whether a failure is an error (a duplicate image is none) and how often it is told
/// (<see cref="Outages"/>).</summary>
internal static class QuietLogs
{
    private static readonly LoggerFilterRule[] Levels =
    [
        new(null, "MassTransit.ReceiveTransport", LogLevel.None, null),
        new(null, "Microsoft.AspNetCore", LogLevel.Warning, null),
        new(null, "Microsoft.EntityFrameworkCore", LogLevel.Warning, null),
        new(null, "Microsoft.EntityFrameworkCore.Database.Command", LogLevel.None, null),
        new(null, "Microsoft.EntityFrameworkCore.Database.Connection", LogLevel.None, null),
        new(null, "Microsoft.EntityFrameworkCore.Database.Transaction", LogLevel.None, null),
        new(null, "Microsoft.EntityFrameworkCore.Query", LogLevel.None, null),
        new(null, "Microsoft.EntityFrameworkCore.Update", LogLevel.None, null),
    ];

    // Of two rules for one category the later one wins, so these are inserted before the configured ones.
    public static void Add(IServiceCollection services) => services.Configure<LoggerFilterOptions>(options =>
    {
        foreach (var level in Levels)
            options.Rules.Insert(0, level);
    });
}
