"""A journey of boto3 over the simulator; prints what it saw as one JSON object."""

import io
import json
import time

import boto3
from botocore.exceptions import ClientError

ecs, elbv2, deploy = boto3.client("ecs"), boto3.client("elbv2"), boto3.client("codedeploy")
iam, s3, sfn, ec2 = (boto3.client(name) for name in ("iam", "s3", "stepfunctions", "ec2"))
IMAGE = "123456789012.dkr.ecr.us-east-1.amazonaws.com/team/shop"
told = {}


def role(name, service):
    trust = {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Principal": {"Service": f"{service}.amazonaws.com"},
                "Action": "sts:AssumeRole",
            }
        ],
    }
    answer = iam.create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps(trust))
    return answer["Role"]["Arn"]


def patient(client, waiter):
    """The same waiter, a second between its looks: AWS time passes faster here."""
    found = client.get_waiter(waiter)
    found.config.delay = 1
    return found


vpc = ec2.describe_vpcs(Filters=[{"Name": "is-default", "Values": ["true"]}])["Vpcs"][0]["VpcId"]
subnets = ec2.describe_subnets(Filters=[{"Name": "vpc-id", "Values": [vpc]}])["Subnets"]
network = {"awsvpcConfiguration": {"subnets": [each["SubnetId"] for each in subnets]}}
execution_role = role("execution", "ecs-tasks")
iam.attach_role_policy(
    RoleName="execution",
    PolicyArn="arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy",
)
ecs.create_cluster(clusterName="shop")
for tag in ("v1", "v2"):
    ecs.register_task_definition(
        family="shop",
        requiresCompatibilities=["FARGATE"],
        networkMode="awsvpc",
        cpu="256",
        memory="512",
        executionRoleArn=execution_role,
        containerDefinitions=[
            {"name": "app", "image": f"{IMAGE}:{tag}", "portMappings": [{"containerPort": 8080}]}
        ],
    )
balancer = elbv2.create_load_balancer(
    Name="web", Subnets=network["awsvpcConfiguration"]["subnets"]
)["LoadBalancers"][0]["LoadBalancerArn"]
groups = {}
for name in ("rolling", "blue", "green"):
    groups[name] = elbv2.create_target_group(
        Name=name, Protocol="HTTP", Port=8080, TargetType="ip", VpcId=vpc, HealthCheckPath="/"
    )["TargetGroups"][0]["TargetGroupArn"]
listeners = [
    elbv2.create_listener(
        LoadBalancerArn=balancer,
        Protocol="HTTP",
        Port=port,
        DefaultActions=[{"Type": "forward", "TargetGroupArn": groups[name]}],
    )["Listeners"][0]["ListenerArn"]
    for port, name in ((8080, "rolling"), (80, "blue"))
]


def service(name, group, count, **more):
    ecs.create_service(
        cluster="shop",
        serviceName=name,
        taskDefinition="shop:1",
        desiredCount=count,
        launchType="FARGATE",
        networkConfiguration=network,
        loadBalancers=[
            {"targetGroupArn": groups[group], "containerName": "app", "containerPort": 8080}
        ],
        **more,
    )


service("rolling", "rolling", 2)
patient(ecs, "services_stable").wait(cluster="shop", services=["rolling"])
ecs.update_service(cluster="shop", service="rolling", taskDefinition="shop:2")
patient(ecs, "services_stable").wait(cluster="shop", services=["rolling"])
rolled = ecs.describe_services(cluster="shop", services=["rolling"])["services"][0]
told["rolled"] = [
    rolled["taskDefinition"].split("/")[-1],
    rolled["deployments"][0]["rolloutState"],
    rolled["runningCount"],
]
health = elbv2.describe_target_health(TargetGroupArn=groups["rolling"])
told["healthy"] = [each["TargetHealth"]["State"] for each in health["TargetHealthDescriptions"]]
pages = ecs.get_paginator("list_tasks").paginate(
    cluster="shop", serviceName="rolling", PaginationConfig={"PageSize": 1}
)
told["listed"] = sum(len(page["taskArns"]) for page in pages)

service("shop", "blue", 1, deploymentController={"type": "CODE_DEPLOY"})
code_deploy_role = role("code-deploy", "codedeploy")
iam.attach_role_policy(
    RoleName="code-deploy", PolicyArn="arn:aws:iam::aws:policy/AWSCodeDeployRoleForECS"
)
deploy.create_application(applicationName="shop", computePlatform="ECS")
deploy.create_deployment_group(
    applicationName="shop",
    deploymentGroupName="shop",
    serviceRoleArn=code_deploy_role,
    deploymentConfigName="CodeDeployDefault.ECSLinear10PercentEvery1Minutes",
    deploymentStyle={
        "deploymentType": "BLUE_GREEN",
        "deploymentOption": "WITH_TRAFFIC_CONTROL",
    },
    blueGreenDeploymentConfiguration={
        "terminateBlueInstancesOnDeploymentSuccess": {
            "action": "TERMINATE",
            "terminationWaitTimeInMinutes": 60,
        },
        "deploymentReadyOption": {"actionOnTimeout": "CONTINUE_DEPLOYMENT"},
    },
    ecsServices=[{"clusterName": "shop", "serviceName": "shop"}],
    loadBalancerInfo={
        "targetGroupPairInfoList": [
            {
                "targetGroups": [{"name": "blue"}, {"name": "green"}],
                "prodTrafficRoute": {"listenerArns": [listeners[1]]},
            }
        ]
    },
)
properties = {
    "TaskDefinition": "arn:aws:ecs:us-east-1:123456789012:task-definition/shop:2",
    "LoadBalancerInfo": {"ContainerName": "app", "ContainerPort": 8080},
}
content = {
    "version": 0.0,
    "Resources": [{"TargetService": {"Type": "AWS::ECS::Service", "Properties": properties}}],
}
deployment = deploy.create_deployment(
    applicationName="shop",
    deploymentGroupName="shop",
    revision={
        "revisionType": "AppSpecContent",
        "appSpecContent": {"content": json.dumps(content)},
    },
)["deploymentId"]
patient(deploy, "deployment_successful").wait(deploymentId=deployment)
target = deploy.get_deployment_target(deploymentId=deployment, targetId="shop:shop")
target = target["deploymentTarget"]["ecsTarget"]
told["deployed"] = target["status"]
told["events"] = [each["lifecycleEventName"] for each in target["lifecycleEvents"]]
told["traffic"] = [[each["taskSetLabel"], each["trafficWeight"]] for each in target["taskSetsInfo"]]
try:
    deploy.get_deployment(deploymentId="d-AAAAAAAAA")
except ClientError as error:
    told["refused"] = [
        error.response["Error"]["Code"],
        error.response["ResponseMetadata"]["HTTPStatusCode"],
    ]

s3.create_bucket(Bucket="releases")
s3.upload_fileobj(io.BytesIO(b"hello"), "releases", "a/b c.txt")
told["object"] = s3.get_object(Bucket="releases", Key="a/b c.txt")["Body"].read().decode()

definition = {
    "StartAt": "All",
    "States": {
        "All": {
            "Type": "Map",
            "ItemsPath": "$.items",
            "ItemProcessor": {
                "ProcessorConfig": {"Mode": "INLINE"},
                "StartAt": "Rest",
                "States": {
                    "Rest": {"Type": "Wait", "Seconds": 3600, "Next": "Add"},
                    "Add": {
                        "Type": "Pass",
                        "Parameters": {"n.$": "States.MathAdd($, 10)"},
                        "OutputPath": "$.n",
                        "End": True,
                    },
                },
            },
            "End": True,
        }
    },
}
machine = sfn.create_state_machine(
    name="add", definition=json.dumps(definition), roleArn=role("states", "states")
)["stateMachineArn"]
execution = sfn.start_execution(stateMachineArn=machine, input='{"items":[1,2,3]}')["executionArn"]
ended = sfn.describe_execution(executionArn=execution)
while ended["status"] == "RUNNING":
    time.sleep(0.2)
    ended = sfn.describe_execution(executionArn=execution)
told["execution"] = [ended["status"], json.loads(ended["output"])]

print(json.dumps(told))
