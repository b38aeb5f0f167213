using Gateway.Testing;

namespace Gateway.EndToEnd.Tests;

/// <summary>What a gateway process stands on: nothing, or a database server and a broker.</summary>
public static class Servers
{
    /// <summary>The same tests on both.</summary>
    public static TheoryData<string> Both => ["in-memory and SQLite", "RabbitMQ and PostgreSQL"];

    /// <summary>Environment of a gateway process with a database and a virtual host of its own.</summary>
    public static async Task<Dictionary<string, string>> SettingsAsync(string servers)
    {
        if (servers == "in-memory and SQLite")
            return [];
        var (postgres, rabbit) = (await PostgresServer.GetAsync(), await RabbitMqServer.GetAsync());
        return new()
        {
            ["Database__Provider"] = "Postgres",
            ["Database__ConnectionString"] = await postgres.CreateDatabaseAsync(),
            ["Bus__Transport"] = "RabbitMq",
            ["Bus__Host"] = (await rabbit.CreateVirtualHostAsync()).ToString(),
            ["Bus__Username"] = rabbit.Username,
            ["Bus__Password"] = rabbit.Password,
        };
    }
}
