//! The words of `zimu profiles`.

use clap::{Args, Subcommand};

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct ProfilesArguments {
    #[command(subcommand)]
    pub(crate) command: Option<ProfilesCommand>,

    /// Print the JSON schema of a profile file
    #[arg(long)]
    pub(crate) schema: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ProfilesCommand {
    /// Print every key of a profile as it holds, with what it is inherited from and who says so: a
    /// profile file that builds on nothing
    Show {
        /// A profile's name or TOML file [default: that of zimu.toml, else youtube]
        #[arg(value_name = "NAME|FILE", env = "ZIMU_PROFILE")]
        profile: Option<String>,
    },
}
