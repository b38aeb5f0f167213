namespace Gateway.Persistence;

/// <summary>Which database holds the state.</summary>
public enum DatabaseProvider
{
    Sqlite,
    Postgres,
}
