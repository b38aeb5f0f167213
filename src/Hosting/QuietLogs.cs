using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Gateway.Hosting;

/// <summary>
/// Levels that any <c>Logging:LogLevel</c> of the configuration overrides. Off are those that log whole exceptions of our handlers, which
/// may quote paths and values, and failed commands, which are ours to judge: a duplicate image is not an error.
/// </summary>
internal static class QuietLogs
{
    private static readonly LoggerFilterRule[] Levels =
    [
        new(null, "MassTransit.ReceiveTransport", LogLevel.None, null),
        new(null, "Microsoft.AspNetCore", LogLevel.Warning, null),
        new(null, "Microsoft.EntityFrameworkCore", LogLevel.Warning, null),
        new(null, "Microsoft.EntityFrameworkCore.Database.Command", LogLevel.None, null),
        new(null, "Microsoft.EntityFrameworkCore.Update", LogLevel.None, null),
    ];

    // Of two rules for one category the later wins, so ours go in front.
    public static void Add(IServiceCollection services) => services.Configure<LoggerFilterOptions>(options =>
    {
        foreach (var level in Levels)
            options.Rules.Insert(0, level);
    });
}
